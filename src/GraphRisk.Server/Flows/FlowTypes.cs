using System.Collections.Immutable;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Market.Flows;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Flows;

/// <summary>A row of an answer about flows of money.</summary>
/// <param name="View">What it stands on.</param>
/// <param name="Cells">Its values, as its question's columns have them.</param>
internal sealed record FlowRow(GraphView View, object?[] Cells)
{
    /// <summary>Tells it from the other rows of its answer.</summary>
    public string Key => string.Join('|', Cells.Select(cell => cell is ImmutableArray<NodeId> trace ? string.Join(' ', trace) : $"{cell}"));
}

/// <summary>GraphQL types of answers about flows of money, made from the columns of <see cref="FlowQuestions"/>.</summary>
internal static class FlowTypes
{
    /// <summary>What a figure is in FinBench where there is none.</summary>
    private const int None = -1;

    /// <summary>Name of the type that answers a question: a connection where the answer has rows.</summary>
    public static string AnswerOf(FlowQuestion question) => question.Row is { } row ? $"{row}Connection" : char.ToUpperInvariant(question.Name[0]) + question.Name[1..];

    public static IEnumerable<IGraphType> All()
    {
        yield return FlowInputs.Orders();
        foreach (var question in FlowQuestions.All.Where(question => question.Row is null))
            yield return Fields.Object(
                AnswerOf(question), $"Answer to {question.Name}.",
                [.. Columns(question, AnswerOf(question)), Fields.Of<FlowRow>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", row => row.View.Stamp)]);
        foreach (var rows in FlowQuestions.All.Where(question => question.Row is not null).GroupBy(question => question.Row!))
        {
            var names = string.Join(" and ", rows.Select(question => question.Name));
            yield return Fields.Object(rows.Key, $"A row of the answer to {names}.", Columns(rows.First(), rows.Key));
            foreach (var type in Connections.Of(rows.Key, $"Answer to {names}", rows.Key, (item, _) => item)) yield return type;
        }
    }

    private static IEnumerable<FieldType> Columns(FlowQuestion question, string type) => question.Columns.Select((column, place) =>
    {
        var field = Fields.Of<FlowRow>(
            column.Name, TypeOf(column.Value), FieldAccess.Structure, column.Description, (row, context) => Shown(row, row.Cells[place], $"{type}.{column.Name}", context));
        return column.Value == FlowValue.Money ? FieldAccess.WithFigures(field, FieldAccess.Reads(Sensitivity.Confidential).As(ValueKind.Amount)) : field;
    });

    private static string TypeOf(FlowValue value) => value switch
    {
        FlowValue.Account => "Account",
        FlowValue.Device => "Device",
        FlowValue.Accounts => "[Account]!",
        FlowValue.Count => "Int",
        FlowValue.Money or FlowValue.Share => "Decimal",
        FlowValue.Text => "String",
        FlowValue.Truth => "Boolean",
        FlowValue.Instant => "DateTime",
        _ => throw new InvalidOperationException($"Unknown value {value}."),
    };

    private static object? Shown(FlowRow row, object? cell, string field, IResolveFieldContext context) => cell switch
    {
        None or (decimal)None => null,
        NodeId id => Node(row, id, field, context),
        ImmutableArray<NodeId> trace => trace.Select(id => Node(row, id, field, context)).ToArray(),
        _ => cell,
    };

    /// <summary>A node as it is handed out: of a confidential type it is filed of whom it is about.</summary>
    private static NodeHandle Node(FlowRow row, NodeId id, string field, IResolveFieldContext context)
    {
        var node = new NodeHandle(row.View, row.View.Snapshot.Nodes.Find(id));
        if (node.Type.Level >= AccessPolicy.Filed) RequestContext.Of(context).Ledger.Record(field, node.Subject ?? ReadLedger.Unknown, unmasked: false);
        return node;
    }
}
