//! Which nodes of a graph lead back to themselves.

/// The number of the strongly connected component of each node, given the nodes that its edges lead to:
/// two nodes have the same number if each leads to the other. By Tarjan's algorithm, with a list of work in place of recursion.
pub(crate) fn strong_components(edges: &[Vec<usize>]) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let mut order = vec![UNSEEN; edges.len()];
    let mut low = vec![0; edges.len()];
    let mut on_stack = vec![false; edges.len()];
    let mut group = vec![0; edges.len()];
    let (mut stack, mut counter, mut groups) = (Vec::new(), 0, 0);
    for start in 0..edges.len() {
        if order[start] != UNSEEN {
            continue;
        }
        let mut work = vec![(start, 0)];
        while let Some((node, edge)) = work.pop() {
            if edge == 0 {
                order[node] = counter;
                low[node] = counter;
                counter += 1;
                stack.push(node);
                on_stack[node] = true;
            }
            if let Some(&next) = edges[node].get(edge) {
                work.push((node, edge + 1));
                if order[next] == UNSEEN {
                    work.push((next, 0));
                } else if on_stack[next] {
                    low[node] = low[node].min(order[next]);
                }
                continue;
            }
            if low[node] == order[node] {
                while let Some(member) = stack.pop() {
                    on_stack[member] = false;
                    group[member] = groups;
                    if member == node {
                        break;
                    }
                }
                groups += 1;
            }
            if let Some((parent, _)) = work.last() {
                low[*parent] = low[*parent].min(low[node]);
            }
        }
    }
    group
}

/// Every node that lies on a cycle, one that leads to itself included.
pub(crate) fn on_cycles(edges: &[Vec<usize>]) -> Vec<bool> {
    let groups = strong_components(edges);
    let mut sizes = vec![0_usize; edges.len()];
    for group in &groups {
        sizes[*group] += 1;
    }
    groups
        .iter()
        .zip(edges)
        .enumerate()
        .map(|(index, (group, edges))| sizes[*group] > 1 || edges.contains(&index))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::on_cycles;

    #[test]
    fn a_node_is_on_a_cycle_if_it_leads_back_to_itself() {
        let edges = [vec![1], vec![2, 3], vec![1], vec![], vec![4], vec![0]];
        assert_eq!(on_cycles(&edges), [false, true, true, false, true, false]);
    }

    #[test]
    fn a_long_chain_takes_no_stack() {
        let edges: Vec<Vec<usize>> = (0..200_000)
            .map(|index| vec![(index + 1) % 200_000])
            .collect();
        assert!(on_cycles(&edges).into_iter().all(|on_cycle| on_cycle));
    }
}
