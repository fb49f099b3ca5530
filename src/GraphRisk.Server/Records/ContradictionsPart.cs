using System.Collections.Immutable;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Records;

/// <summary>
/// Where equally reliable sources differ: <c>contradictions</c> on nodes and on edges. The value that is shown won by the order of
/// dates alone, so whoever reads it reads beside it what stands against it, and who says so. Held against each other are the facts of
/// the viewer's own view; a field it may not read is not there, and one it reads masked is masked on both sides.
/// </summary>
internal sealed class ContradictionsPart(GraphSession session, NodeIds ids, AccessGrounds grounds) : ISchemaPart
{
    private readonly FactReads facts = new(session);
    private readonly NamedFields fields = new(grounds);

    private NodeType Origin => session.Catalog.DerivedTypes.Single(type => type.Name == "SourceRecord");

    public void AddTo(SchemaParts parts)
    {
        var access = FieldAccess.Reads(Origin.Level);
        parts.Types.Add(Fields.Object(
            "Contradiction", "A field of which equally reliable sources state different values.",
            Fields.Of<ContradictionOf>("field", "String!", FieldAccess.Structure, "Name of the field.", one => one.Field),
            Fields.Of<ContradictionOf>("believed", "StatedValue!", FieldAccess.Structure, "What the field shows: of equally reliable values the one of the latest day.", one => one.Believed),
            Fields.Of<ContradictionOf>("others", "[StatedValue!]!", FieldAccess.Structure, "What stands against it, one value for each source.", one => one.Others)));
        parts.Types.Add(Fields.Object(
            "StatedValue", "A value of a field and who states it.",
            Fields.Of<StatedOf>("value", "String", FieldAccess.Structure, "The value as text, shown as the field itself is to the viewer; of a range its ends.", one => one.Text),
            Fields.Of<StatedOf>("source", "String", FieldAccess.Reads(Origin.GetField("source")), "Data set, such as registry or broker-B001.", one => one.Value.Recorded.Fact.Provenance.Source),
            Fields.Of<StatedOf>("recordKey", "String", FieldAccess.Reads(Origin.GetField("recordKey")), "Key of the record in its source.", one => one.Value.Recorded.Fact.Provenance.RecordKey),
            Fields.Of<StatedOf>("reliability", "Decimal", access, "Reliability of the source, 0 to 1.", one => one.Value.Recorded.Fact.Provenance.Reliability),
            Fields.Of<StatedOf>("record", "ID", access, "Id of the record itself; null where a relationship is stated.",
                (one, context) => one.Value.Recorded.Fact is NodeFact fact ? ids.Of(context.Viewer(), fact.Node) : null),
            Fields.Of<StatedOf>("since", "DateTime", access, "From when the source says that it is so; null where it says that it has always been.",
                one => one.Value.Recorded.Fact.Validity.From is var from && from == DateTimeOffset.MinValue ? null : from),
            Fields.Of<StatedOf>("recordedAt", "DateTime", access, "When the statement became known to the store.", one => one.Value.Recorded.RecordedAt)));
        parts.Extend("Node", () => Fields.Resolved(
            "contradictions", "[Contradiction!]", access, "Fields of the node of which equally reliable sources state different values.",
            async context =>
            {
                var handle = (NodeHandle)context.Source!;
                return await ShownAsync(handle.Type, handle.Subject, Disagreements.OfNode(handle.View.Snapshot, handle.Number, await facts.OfNodeAsync(handle, context)), context);
            }));
        parts.ExtendEdges(() => Fields.Resolved(
            "contradictions", "[Contradiction!]", access, "Fields of the relationship of which equally reliable sources state different values.",
            async context =>
            {
                var handle = (RelationshipHandle)((Edge)context.Source!).Item;
                var type = handle.Table.Type;
                return type.Parallel == Parallels.Events ? Array.Empty<ContradictionOf>() : await ShownAsync(
                    type, handle.Subject, Disagreements.OfRelationship(type, handle.Near.View.Stamp.AsOf, handle.Get, await facts.OfEdgeAsync(handle, context)), context);
            }));
    }

    private async Task<ContradictionOf[]> ShownAsync(ElementType type, string? subject, IEnumerable<Disagreement> found, IResolveFieldContext context)
    {
        var shown = new List<ContradictionOf>();
        foreach (var one in found)
        {
            if (await fields.LookOf(type, one.Field, subject, RequestContext.Of(context), context.CancellationToken) is not { } look) continue;
            // A range is a text: shown where the number would be in clear, and withheld where it would be rounded.
            StatedOf Stated(StatedValue value) => new(value, value.Value is { } known ? ShownText.Of(look(known.AsObject())) : look(value.Text) as string, subject);
            shown.Add(new ContradictionOf(one.Field.Name, Stated(one.Believed), [.. one.Others.Select(Stated)], subject));
        }

        return [.. shown];
    }

    private sealed record ContradictionOf(string Field, StatedOf Believed, ImmutableArray<StatedOf> Others, string? Subject) : IAboutSubject;

    private sealed record StatedOf(StatedValue Value, string? Text, string? Subject) : IAboutSubject;
}
