using GraphQL.Types;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Server.Decisions;

/// <summary>What a command on a case did.</summary>
/// <param name="View">What the viewer may know after it.</param>
/// <param name="One">The case.</param>
/// <param name="Move">The move.</param>
/// <param name="IsNew">False where it was made before under its key, and nothing was recorded.</param>
internal sealed record CasePayload(GraphView View, NodeHandle One, NodeHandle Move, bool IsNew);

/// <summary>GraphQL types around cases; the fields of one are those of the schema.</summary>
internal static class CaseTypes
{
    /// <summary>Name of the type of what a command on a kind did.</summary>
    public static string PayloadOf(CaseKind kind) => $"{kind.NodeType}Payload";

    /// <summary>The type of what a command on a kind did.</summary>
    /// <param name="field">What a case of it is called.</param>
    /// <param name="kind">The kind.</param>
    public static ObjectGraphType Payload(string field, CaseKind kind) => Fields.Object(
        PayloadOf(kind), $"What a command on a case of kind {kind.NodeType} did.",
        Fields.Of<CasePayload>(field, $"{kind.NodeType}!", FieldAccess.Structure, "The case as it stands now.", payload => payload.One),
        Fields.Of<CasePayload>("move", "CaseMove!", FieldAccess.Structure, "The move.", payload => payload.Move),
        Fields.Of<CasePayload>("isNew", "Boolean!", FieldAccess.Structure, "Whether anything was recorded; false where the same was sent before under its key.", payload => payload.IsNew),
        Fields.Of<CasePayload>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", payload => payload.View.Stamp));

    /// <summary>What a move does, in the sentences of the table, and from which states it leads on.</summary>
    public static string Means(CaseKind kind, string move)
    {
        var rows = kind.Table.OfPersons(move).ToList();
        return $"{string.Join(' ', rows.Select(row => row.Means).Distinct())} Leads on from {string.Join(", ", rows.SelectMany(row => row.From).Distinct())}.";
    }
}
