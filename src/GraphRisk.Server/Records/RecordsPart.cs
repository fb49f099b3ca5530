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
    /// <summary>Steps of asking the store for one record's facts.</summary>
    private const int StepsOfRead = 30_000;

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
            async context => await OfNodeAsync((NodeHandle)context.Source!, context)));
        parts.ExtendEdges(() => Fields.Resolved(
            "records", "[SourceRecord!]", access, "The facts that state relationships of the type between the two nodes, with the span of text each was read from.",
            async context => await OfEdgeAsync((RelationshipHandle)((Edge)context.Source!).Item, context)));
    }

    private async Task<RecordOf[]> OfNodeAsync(NodeHandle handle, IResolveFieldContext context)
    {
        var found = new List<RecordedFact>();
        foreach (var member in handle.View.Snapshot.Nodes.MembersOf(handle.Number))
        {
            context.Meter().Charge(StepsOfRead);
            found.AddRange(await session.Store.FindAsync(member, handle.View.Version, cancellation: context.CancellationToken));
        }

        return Shown(found, handle, context);
    }

    private async Task<RecordOf[]> OfEdgeAsync(RelationshipHandle edge, IResolveFieldContext context)
    {
        var nodes = edge.Near.View.Snapshot.Nodes;
        // The end with fewer relationships of the type: a broker may have a million.
        var (one, other) = DegreeOf(edge, edge.Near.Number) <= DegreeOf(edge, edge.Far.Number) ? (edge.Near, edge.Far) : (edge.Far, edge.Near);
        context.Meter().Charge(StepsOfRead + ((long)StepsOfRead * DegreeOf(edge, one.Number) / 10));
        var found = new List<RecordedFact>();
        foreach (var member in nodes.MembersOf(one.Number))
            foreach (var recorded in await session.Store.FindAsync(member, one.View.Version, withRelationships: true, context.CancellationToken))
                if (recorded.Fact is RelationshipFact fact && fact.Relationship == edge.Table.Type.GraphName
                    && (nodes.Find(fact.From), nodes.Find(fact.To)) is var ends
                    && (ends == (one.Number, other.Number) || ends == (other.Number, one.Number)))
                    found.Add(recorded);
        return Shown(found, edge.Near, context);
    }

    private static RecordOf[] Shown(IEnumerable<RecordedFact> found, NodeHandle about, IResolveFieldContext context)
    {
        RecordOf[] shown = [.. found
            .Where(recorded => recorded.Kind == ChangeKind.Assert && recorded.Fact.Validity.From <= about.View.Stamp.AsOf
                && about.View.Snapshot.Covers(recorded.Fact))
            .OrderBy(recorded => recorded.FirstSequence)
            .DistinctBy(recorded => recorded.Fact.Id)
            .Select(recorded => new RecordOf(about, recorded))];
        return shown;
    }

    private static int DegreeOf(RelationshipHandle edge, int node) => edge.Table.Out.Degree(node) + edge.Table.In.Degree(node);

    private static DateTimeOffset? Known(DateTimeOffset instant) =>
        instant == DateTimeOffset.MinValue || instant == DateTimeOffset.MaxValue ? null : instant;

    private sealed record RecordOf(NodeHandle About, RecordedFact Recorded) : IAboutSubject
    {
        public string? Subject => About.Subject;
    }
}
