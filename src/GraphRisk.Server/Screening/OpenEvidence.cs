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

    /// <summary>Whose names of a type of parties a viewer may seek.</summary>
    public static NameReach NamesOf(Viewer viewer, NodeType type)
    {
        var names = PartyEntries.FieldsOf(type)[ScreeningEvidence.Name].Select(type.GetField).ToList();
        if (names.TrueForAll(field => Decide(Standing.Visible, field).MayBeSought)) return NameReach.All;
        if (AccessPolicy.DependsOnSubject(viewer.Role) && names.TrueForAll(field => Decide(Standing.Own, field).MayBeSought)) return NameReach.Own;
        return names.Exists(field => Decide(Standing.Visible, field).Code is AccessCodes.PurposeRequired or AccessCodes.PurposeNotAllowed || AccessPolicy.DependsOnSubject(viewer.Role) && Decide(Standing.Own, field).Code is AccessCodes.PurposeRequired or AccessCodes.PurposeNotAllowed)
            ? NameReach.NeedsPurpose : NameReach.None;

        AccessDecision Decide(Standing standing, Field field) => AccessPolicy.Decide(viewer, new AccessQuestion(standing, field.Level, FieldAccess.KindOf(field)));
    }

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

/// <summary>Whose names may be sought.</summary>
internal enum NameReach
{
    /// <summary>Everybody's.</summary>
    All,

    /// <summary>Those of the viewer itself or of its own clients.</summary>
    Own,

    /// <summary>Nobody's before a purpose is declared that opens them.</summary>
    NeedsPurpose,

    /// <summary>Nobody's.</summary>
    None,
}
