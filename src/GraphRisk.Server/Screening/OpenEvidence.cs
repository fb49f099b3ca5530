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
