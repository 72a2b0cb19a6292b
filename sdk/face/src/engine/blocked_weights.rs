//! Blocked quantization (ONNX operator set 21, `DequantizeLinear` with `block_size`), undone while loading.
//!
//! Along one axis, each block of 8-bit weights shares a scale and a zero point: weight = (q − zero) × scale.
//! The engine does not know this form, so every such node becomes a float constant of the same name.

use std::collections::{HashMap, HashSet};
use tract_onnx::pb::{GraphProto, NodeProto, TensorProto, tensor_proto::DataType};

/// Replaces every blocked `DequantizeLinear` of constants. `None` if one does not fit its own shapes.
pub(super) fn expand(graph: &mut GraphProto) -> Option<()> {
    let blocked = |node: &NodeProto| {
        node.op_type == "DequantizeLinear" && attribute(node, "block_size").is_some()
    };
    let (nodes, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut graph.node)
        .into_iter()
        .partition(blocked);
    graph.node = kept;
    let mut quantized = HashMap::new();
    let operands: HashSet<&String> = nodes.iter().flat_map(|node| &node.input).collect();
    let (constants, kept) = std::mem::take(&mut graph.initializer)
        .into_iter()
        .partition::<Vec<_>, _>(|constant| operands.contains(&constant.name));
    graph.initializer = kept;
    quantized.extend(
        constants
            .into_iter()
            .map(|constant| (constant.name.clone(), constant)),
    );
    for node in &nodes {
        let [weights, scales, zeros] = node.input.as_slice() else {
            return None;
        };
        let [output] = node.output.as_slice() else {
            return None;
        };
        // Removed as they are used, so that both forms never stand in memory at once.
        let (weights, scales, zeros) = (
            quantized.remove(weights)?,
            quantized.remove(scales)?,
            quantized.remove(zeros)?,
        );
        let mut constant = float_constant(node, &weights, &scales, &zeros)?;
        constant.name = output.clone();
        graph.initializer.push(constant);
    }
    // The quantizer left the former weights among the graph's inputs; only what nothing else provides is an input.
    let produced: HashSet<&String> = graph.node.iter().flat_map(|node| &node.output).collect();
    let consumed: HashSet<&String> = graph.node.iter().flat_map(|node| &node.input).collect();
    graph
        .input
        .retain(|input| consumed.contains(&input.name) && !produced.contains(&input.name));
    Some(())
}

fn float_constant(
    node: &NodeProto,
    weights: &TensorProto,
    scales: &TensorProto,
    zeros: &TensorProto,
) -> Option<TensorProto> {
    let block = usize::try_from(attribute(node, "block_size")?)
        .ok()
        .filter(|block| *block > 0)?;
    let axis = usize::try_from(attribute(node, "axis")?).ok()?;
    let dimensions = sides(weights)?;
    let along = *dimensions.get(axis)?;
    let inner: usize = dimensions
        .get(axis + 1..)?
        .iter()
        .try_fold(1, |a: usize, b| a.checked_mul(*b))?;
    let outer: usize = dimensions
        .get(..axis)?
        .iter()
        .try_fold(1, |a: usize, b| a.checked_mul(*b))?;
    let blocks = along.div_ceil(block);
    let groups = outer.checked_mul(blocks)?.checked_mul(inner)?;
    let fits = weights.data_type == DataType::Int8 as i32
        && zeros.data_type == DataType::Int8 as i32
        && scales.data_type == DataType::Float as i32
        && weights.raw_data.len() == outer.checked_mul(along)?.checked_mul(inner)?
        && zeros.raw_data.len() == groups
        && scales.raw_data.len() == groups.checked_mul(4)?
        && inner > 0
        && along > 0;
    if !fits {
        return None;
    }
    let mut raw = Vec::with_capacity(weights.raw_data.len().checked_mul(4)?);
    for (index, weight) in weights.raw_data.iter().enumerate() {
        let (line, column) = (index / inner, index % inner);
        let group = ((line / along) * blocks + (line % along) / block) * inner + column;
        let zero = i8::from_le_bytes([*zeros.raw_data.get(group)?]);
        let scale = f32::from_le_bytes(*scales.raw_data.get(group * 4..)?.first_chunk()?);
        let value = (i16::from(i8::from_le_bytes([*weight])) - i16::from(zero)) as f32 * scale;
        raw.extend_from_slice(&value.to_le_bytes());
    }
    Some(TensorProto {
        dims: weights.dims.clone(),
        data_type: DataType::Float as i32,
        raw_data: raw,
        ..TensorProto::default()
    })
}

fn sides(tensor: &TensorProto) -> Option<Vec<usize>> {
    tensor
        .dims
        .iter()
        .map(|side| usize::try_from(*side).ok())
        .collect()
}

fn attribute(node: &NodeProto, name: &str) -> Option<i64> {
    node.attribute
        .iter()
        .find(|attribute| attribute.name == name)
        .map(|attribute| attribute.i)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tract_onnx::pb::{AttributeProto, ValueInfoProto};

    fn tensor(name: &str, dims: &[i64], kind: DataType, raw_data: Vec<u8>) -> TensorProto {
        TensorProto {
            name: name.into(),
            dims: dims.to_vec(),
            data_type: kind as i32,
            raw_data,
            ..TensorProto::default()
        }
    }

    fn floats(values: &[f32]) -> Vec<u8> {
        values
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect()
    }

    /// 2 × 3 weights, blocks of two along axis 1: the last block of each row holds one.
    fn graph() -> GraphProto {
        let integer = |name: &str, i| AttributeProto {
            name: name.into(),
            i,
            ..AttributeProto::default()
        };
        GraphProto {
            node: vec![
                NodeProto {
                    op_type: "DequantizeLinear".into(),
                    input: vec!["q".into(), "s".into(), "z".into()],
                    output: vec!["w".into()],
                    attribute: vec![integer("axis", 1), integer("block_size", 2)],
                    ..NodeProto::default()
                },
                NodeProto {
                    op_type: "MatMul".into(),
                    input: vec!["x".into(), "w".into()],
                    output: vec!["y".into()],
                    ..NodeProto::default()
                },
            ],
            initializer: vec![
                tensor("q", &[2, 3], DataType::Int8, vec![1, 2, 3, 0xFF, 0x80, 127]),
                tensor("s", &[2, 2], DataType::Float, floats(&[0.5, 1.0, 2.0, 4.0])),
                tensor("z", &[2, 2], DataType::Int8, vec![0, 1, 0xFF, 127]),
            ],
            input: ["x", "former"]
                .map(|name| ValueInfoProto {
                    name: name.into(),
                    ..ValueInfoProto::default()
                })
                .to_vec(),
            ..GraphProto::default()
        }
    }

    #[test]
    fn each_block_takes_its_own_scale_and_zero_point() {
        let mut graph = graph();
        expand(&mut graph).expect("expands");
        assert_eq!(graph.node.len(), 1);
        let [constant] = graph.initializer.as_slice() else {
            panic!("one constant")
        };
        assert_eq!(
            (constant.name.as_str(), constant.dims.as_slice()),
            ("w", &[2, 3][..])
        );
        assert_eq!(
            constant.raw_data,
            floats(&[0.5, 1.0, 2.0, 0.0, -254.0, 0.0])
        );
        assert_eq!(
            graph
                .input
                .iter()
                .map(|input| input.name.as_str())
                .collect::<Vec<_>>(),
            ["x"]
        );
    }

    #[test]
    fn shapes_that_do_not_fit_are_refused() {
        for broken in 0..4 {
            let mut graph = graph();
            match broken {
                0 => graph.initializer[1].raw_data.truncate(8),
                1 => graph.initializer[0].dims = vec![-2, 3],
                2 => graph.node[0].attribute[1].i = 0,
                _ => graph.node[0].attribute[0].i = 7,
            }
            assert_eq!(expand(&mut graph), None, "case {broken}");
        }
    }
}
