//! What the command line can say.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use tracing_subscriber::filter::LevelFilter;
use uuid::Uuid;
use webhook_service::egress::Policy;

/// A service that signs and delivers webhooks, and rotates their secrets.
///
/// Commands print lines of a name and a value. The database is sealed with the key in the environment
/// variable WEBHOOK_SERVICE_KEY: 64 hexadecimal digits, such as `openssl rand -hex 32` gives.
#[derive(Debug, Parser)]
#[command(version)]
pub(crate) struct Cli {
    /// Go by the seconds since 1970 that stand in this file, to try out what happens later
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "WEBHOOK_SERVICE_CLOCK_FILE"
    )]
    pub(crate) clock_file: Option<PathBuf>,
    /// How much to log on the standard error: off, error, warn, info, debug or trace
    #[arg(
        long,
        global = true,
        value_name = "LEVEL",
        default_value = "info",
        env = "WEBHOOK_SERVICE_LOG"
    )]
    pub(crate) log: LevelFilter,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Answer requests and send deliveries until told to stop
    Serve {
        #[command(flatten)]
        database: Database,
        /// Where to listen; port 0 is a free one
        #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
        listen: SocketAddr,
        #[command(flatten)]
        egress: Egress,
    },
    /// Make projects
    #[command(subcommand)]
    Project(ProjectCommand),
    /// Make, list, show, try, disable and enable webhooks
    #[command(subcommand)]
    Webhook(WebhookCommand),
    /// Tell the webhooks of a project that are subscribed about an event
    Publish {
        #[command(flatten)]
        database: Database,
        /// The project
        project: Uuid,
        /// The type of the event, such as task.completed
        event: String,
        /// What the event says, as JSON
        #[arg(long, default_value = "{}", value_name = "JSON")]
        data: serde_json::Value,
    },
    /// List deliveries: id, event, type, webhook, status, attempts, answer and error
    Events {
        #[command(flatten)]
        database: Database,
        /// Only those to this webhook
        #[arg(long, value_name = "ID")]
        webhook: Option<String>,
    },
    /// Receive deliveries, verify them, and print a line for each
    Listen {
        /// Where to listen; port 0 is a free one
        #[arg(long, default_value = "127.0.0.1:8081", value_name = "ADDRESS")]
        listen: SocketAddr,
        /// A file with the secrets to verify with, one a line
        #[arg(long, value_name = "FILE")]
        secrets: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum ProjectCommand {
    /// Make a project, and print the API key that it calls with: now and never again
    Create {
        #[command(flatten)]
        database: Database,
        /// What people call it
        name: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum WebhookCommand {
    /// Make a webhook, and print its secret: now and never again
    Create {
        #[command(flatten)]
        database: Database,
        /// The project that it belongs to
        #[arg(long, value_name = "ID")]
        project: Uuid,
        /// Where events go
        #[arg(long)]
        url: String,
        /// The types of events that it gets, such as task.completed
        #[arg(long = "event", required = true, value_name = "TYPE")]
        events: Vec<String>,
        /// What it is for
        #[arg(long, value_name = "TEXT")]
        description: Option<String>,
        #[command(flatten)]
        egress: Egress,
    },
    /// List webhooks: id, project, whether enabled, and URL
    List {
        #[command(flatten)]
        database: Database,
        /// Only those of this project
        #[arg(long, value_name = "ID")]
        project: Option<Uuid>,
    },
    /// Show all of a webhook but its secrets
    Show(OneWebhook),
    /// Stop sending to a webhook, and give up what is on its way
    Disable(OneWebhook),
    /// Send to a webhook again
    Enable(OneWebhook),
    /// Send an event to a webhook that says that it is a test
    Test(OneWebhook),
}

#[derive(Debug, Args)]
pub(crate) struct OneWebhook {
    #[command(flatten)]
    pub(crate) database: Database,
    /// The webhook
    pub(crate) id: String,
}

#[derive(Debug, Args)]
pub(crate) struct Database {
    /// The database, which is made if it is not there
    #[arg(long, value_name = "FILE", env = "WEBHOOK_SERVICE_DB")]
    pub(crate) db: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Egress {
    /// Allow http to this machine itself, to try things out
    #[arg(long)]
    pub(crate) allow_http_loopback: bool,
}

impl Egress {
    /// What is allowed.
    pub(crate) const fn policy(&self) -> Policy {
        Policy {
            allow_http_loopback: self.allow_http_loopback,
        }
    }
}
