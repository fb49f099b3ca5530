using System.Collections.Frozen;
using GraphRisk.Graph.Schema;
using GraphRisk.Matching.Screening;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Workflow.Screening;

namespace GraphRisk.Server.Screening;

/// <summary>
/// What of a party a viewer may screen by: evidence whose fields it may read in the clear, or masked as one of its own. Screening by what one
/// may not read would be reading it by guessing.
/// </summary>
internal sealed class OpenEvidence(SchemaCatalog catalog, IStandings standings)
{
    private readonly FrozenDictionary<string, (ScreeningEvidence Evidence, Field[] Fields)[]> fields = catalog.NodeTypes.Where(type => type.IsParty)
        .ToFrozenDictionary(type => type.Name, type => PartyEntries.FieldsOf(type).Select(pair => (pair.Key, pair.Value.Select(type.GetField).ToArray())).ToArray());

    /// <summary>The evidence a viewer may seek of every party it can see: by nothing else are those chosen who are then looked at one by one.</summary>
    public IReadOnlySet<ScreeningEvidence> OfAll(Viewer viewer) => Enum.GetValues<ScreeningEvidence>()
        .Where(evidence => fields.Values.All(type => type.All(pair => pair.Evidence != evidence || pair.Fields.All(field =>
            AccessPolicy.Decide(viewer, new AccessQuestion(Standing.Visible, field.Level, FieldAccess.KindOf(field))).MayBeSought))))
        .Append(ScreeningEvidence.Name).ToHashSet();

    /// <summary>The evidence, and whether all of it may be shown in the clear; what is read of a high level is filed.</summary>
    public async ValueTask<(IReadOnlySet<ScreeningEvidence> Evidence, bool InClear)> Of(NodeHandle party, RequestContext request, CancellationToken cancellation)
    {
        var (open, inClear) = (new HashSet<ScreeningEvidence> { ScreeningEvidence.Prior }, true);
        var standing = AccessPolicy.DependsOnSubject(request.Viewer.Role) ? await standings.Of(request.Viewer, party.Subject!, cancellation) : Standing.Visible;
        foreach (var (evidence, read) in fields[party.Type.Name])
        {
            var decisions = read.Select(field => (Field: field, Decision: AccessPolicy.Decide(request.Viewer, new AccessQuestion(standing, field.Level, FieldAccess.KindOf(field))))).ToList();
            if (!decisions.TrueForAll(pair => pair.Decision.MayBeSought)) continue;
            open.Add(evidence);
            inClear &= decisions.TrueForAll(pair => pair.Decision.Access == Access.Allow);
            foreach (var (field, decision) in decisions)
                if (field.Level >= AccessPolicy.Filed) request.Ledger.Record($"{party.Type.Name}.{field.Name}", party.Subject ?? ReadLedger.Unknown, decision.Revealed);
        }

        return (open, inClear);
    }
}
