using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Records;

/// <summary>
/// Where facts come from: <c>records</c> on nodes and on edges, read off provenance in the store as the view's version
/// knows it. A broker's records are shown to that broker and to the client alone.
/// </summary>
internal sealed class RecordsPart(GraphSession session, NodeIds ids) : ISchemaPart
{
    private readonly FactReads facts = new(session);

    /// <summary>What each field of the derived type is read from.</summary>
    private static readonly Dictionary<string, Func<RecordedFact, object?>> Readers = new(StringComparer.Ordinal)
    {
        ["source"] = recorded => recorded.Fact.Provenance.Source,
        ["recordKey"] = recorded => recorded.Fact.Provenance.RecordKey,
        ["reliability"] = recorded => recorded.Fact.Provenance.Reliability,
        ["spanStart"] = recorded => recorded.Fact.Provenance.Span is { } span ? (long)span.Start : null,
        ["spanEnd"] = recorded => recorded.Fact.Provenance.Span is { } span ? (long)span.End : null,
        ["recordedAt"] = recorded => recorded.RecordedAt,
    };

    private NodeType Derived => session.Catalog.DerivedTypes.Single(type => type.Name == "SourceRecord");

    public void AddTo(SchemaParts parts)
    {
        var access = FieldAccess.Reads(Derived.Level);
        parts.Types.Add(Fields.Object(
            Derived.Name, $"{Derived.Description.Trim()} Level {(int)Derived.Level}.",
            [
                .. Derived.Fields.Select(field => Fields.Of<RecordOf>(
                    field.Name, ElementFields.TypeOf(field), FieldAccess.Reads(field), ElementFields.Describe(field), record => Readers[field.Name](record.Recorded))),
                Fields.Of<RecordOf>("record", "ID", access, "Id of the record itself, as judge takes it; null where a relationship is stated.",
                    (record, context) => record.Recorded.Fact is NodeFact fact ? ids.Of(context.Viewer(), fact.Node) : null),
                Fields.Of<RecordOf>("validFrom", "DateTime", access, "From when the fact holds in the world; null where it has always held.",
                    record => Known(record.Recorded.Fact.Validity.From)),
                Fields.Of<RecordOf>("validTo", "DateTime", access, "Until when the fact holds, exclusive; null where no end is known.",
                    record => Known(record.Recorded.Fact.Validity.To)),
            ]));
        parts.Extend("Node", () => Fields.Resolved(
            "records", "[SourceRecord!]", access, "The facts that describe the node, one for each statement of each record joined in it.",
            async context =>
            {
                var handle = (NodeHandle)context.Source!;
                return Shown(handle, await facts.OfNodeAsync(handle, context));
            }));
        parts.ExtendEdges(() => Fields.Resolved(
            "records", "[SourceRecord!]", access, "The facts that state relationships of the type between the two nodes, with the span of text each was read from.",
            async context =>
            {
                var handle = (RelationshipHandle)((Edge)context.Source!).Item;
                return Shown(handle.Near, await facts.OfEdgeAsync(handle, context));
            }));
    }

    private static RecordOf[] Shown(NodeHandle about, IReadOnlyList<RecordedFact> found) => [.. found.Select(recorded => new RecordOf(about, recorded))];

    private static DateTimeOffset? Known(DateTimeOffset instant) =>
        instant == DateTimeOffset.MinValue || instant == DateTimeOffset.MaxValue ? null : instant;

    private sealed record RecordOf(NodeHandle About, RecordedFact Recorded) : IAboutSubject
    {
        public string? Subject => About.Subject;
    }
}
