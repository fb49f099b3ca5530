using System.Collections.Immutable;
using GraphQL;
using GraphRisk.Graph.Algorithms.Paths;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Paths;

/// <summary>
/// Which relationships a viewer may walk: those of types it may read, decided by the one table before the first step. A type that is
/// named and not open is refused; of types that are not named only the open ones are walked, and nothing says what else there is.
/// <para>
/// What is open of a viewer's own clients alone is walked where one end is about one, since from that end the viewer reads it anyway. By a
/// field that the viewer may not look for (amounts it gets rounded) no relationship is chosen: the choice would tell the value.
/// </para>
/// </summary>
internal sealed class WalkRights(GraphSession session)
{
    private enum Openness
    {
        Closed,
        OfOwn,
        OfAll,
    }

    /// <summary>The graph that a question may walk.</summary>
    /// <param name="view">The viewer's view.</param>
    /// <param name="context">The question.</param>
    /// <param name="asked">What is to be walked.</param>
    /// <param name="about">Whom the question is about, for the ledger; null for nobody.</param>
    /// <exception cref="AccessDenied">A type is named that is not open to the viewer, or not by what it is chosen by.</exception>
    public async ValueTask<Walked> WalkedAsync(GraphView view, IResolveFieldContext context, WalkArguments asked, string? about)
    {
        var viewer = context.Viewer();
        var isOwn = AccessPolicy.DependsOnSubject(viewer.Role) ? OwnOf(view, await ViewStandings.OfAsync(session, view, viewer, context.CancellationToken)) : null;
        var kinds = ImmutableArray.CreateBuilder<WalkKind>();
        foreach (var type in asked.Types(session.Catalog))
        {
            var openness = OpennessOf(viewer, type, asked);
            if (openness == Openness.Closed) continue;
            if (type.Level >= AccessPolicy.Filed) RequestContext.Of(context).Ledger.Record($"{type.Name}.path", about ?? ReadLedger.Unknown, unmasked: false);
            kinds.Add(new WalkKind(type, openness == Openness.OfAll ? null : (from, to) => isOwn!(from) || isOwn(to)));
        }

        return new Walked(view, new EdgeWalk(view.Snapshot, asked.Parameters with { Kinds = kinds.ToImmutable() }), isOwn);
    }

    /// <summary>The types that are open to a viewer whoever they are about, for what is computed over a whole view.</summary>
    /// <param name="viewer">The viewer.</param>
    /// <param name="types">The types.</param>
    /// <param name="named">They were named, so that one that is not open is refused.</param>
    public static IEnumerable<RelationshipType> OpenToAll(Viewer viewer, IEnumerable<RelationshipType> types, bool named)
    {
        foreach (var type in types)
        {
            var decision = AccessPolicy.Decide(viewer, new AccessQuestion(Standing.Visible, type.Level));
            if (decision.Code is null) yield return type;
            else if (named) throw AccessDenied.Of(decision, type.Name);
        }
    }

    private static Openness OpennessOf(Viewer viewer, RelationshipType type, WalkArguments asked)
    {
        var (openness, refusal) = OpennessOf(viewer, type.Level, ValueKind.Other, isSought: false);
        var what = type.Name;
        foreach (var field in asked.SoughtBy(type))
        {
            if (openness == Openness.Closed) break;
            var (ofField, denial) = OpennessOf(viewer, field.Level, FieldAccess.KindOf(field), isSought: true);
            if (ofField < openness) (openness, refusal, what) = (ofField, denial, $"{type.Name}.{field.Name}");
        }

        if (openness == Openness.Closed && asked.IsNamed) throw refusal is null ? new AccessDenied(AccessCodes.Forbidden, what) : AccessDenied.Of(refusal, what);
        return openness;
    }

    private static (Openness Openness, AccessDecision? Refusal) OpennessOf(Viewer viewer, Sensitivity level, ValueKind kind, bool isSought)
    {
        AccessDecision? refusal = null;
        foreach (var (standing, openness) in new[] { (Standing.Visible, Openness.OfAll), (Standing.Own, Openness.OfOwn) })
        {
            if (standing == Standing.Own && !AccessPolicy.DependsOnSubject(viewer.Role)) continue;
            var decision = AccessPolicy.Decide(viewer, new AccessQuestion(standing, level, kind));
            if (isSought ? decision.MayBeSought : decision.Code is null) return (openness, null);
            refusal = decision.Code is null ? refusal : decision;
        }

        return (Openness.Closed, refusal);
    }

    /// <summary>Whether a node is about the viewer or a client of its. A broker is at the end of whatever it keeps, whosever it is.</summary>
    public static Func<int, bool> OwnOf(GraphView view, ViewStandings standings) => number =>
        new NodeHandle(view, number) is var node && node.Type.Name != "Broker" && standings.To(node.SubjectNode) == Standing.Own;
}
