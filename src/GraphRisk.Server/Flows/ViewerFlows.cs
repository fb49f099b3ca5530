using System.Collections.Concurrent;
using GraphRisk.Graph.Schema;
using GraphRisk.Market.Flows;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paths;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Flows;

/// <summary>
/// How a viewer reads flows of money and what they join: as it would read each relationship and each node by itself. What is open of its own clients alone counts
/// where one end is about one; amounts that it reads rounded are rounded before they are compared or summed. So an answer over many
/// flows tells no more than reading them one by one. A kind that is open of nobody refuses the question that needs it. Thread-safe.
/// </summary>
internal sealed class ViewerFlows : IFlowSight
{
    private readonly RequestContext request;
    private readonly GraphView view;
    private readonly string about;
    private readonly Func<int, bool> isOwn;
    private readonly ConcurrentDictionary<Field, Openness> fields = new();

    private ViewerFlows(RequestContext request, GraphView view, ViewStandings standings, string about)
    {
        (this.request, this.view, this.about) = (request, view, about);
        isOwn = WalkRights.OwnOf(view, standings);
    }

    /// <summary>The flows of a view as a viewer reads them, for a question about a node.</summary>
    /// <exception cref="AccessDenied">The node itself is not open to the viewer.</exception>
    public static async ValueTask<MoneyFlows> OfAsync(GraphSession session, GraphView view, RequestContext request, NodeHandle subject, string question, CancellationToken cancellation)
    {
        var standings = await ViewStandings.OfAsync(session, view, request.Viewer, cancellation);
        var sight = new ViewerFlows(request, view, standings, subject.Subject ?? ReadLedger.Unknown);
        var standing = AccessPolicy.DependsOnSubject(request.Viewer.Role) && sight.isOwn(subject.Number) ? Standing.Own : Standing.Visible;
        var decision = AccessPolicy.Decide(request.Viewer, new AccessQuestion(standing, subject.Type.Level));
        if (decision.Code is not null) throw AccessDenied.Of(decision, question);
        return new MoneyFlows(view.Snapshot, sight);
    }

    public FlowKindSight Of(RelationshipType kind, string? amount)
    {
        var openness = Decide(kind.Level, ValueKind.Other, kind.Name);
        if (amount is not null) openness = openness.And(Decide(kind.GetField(amount).Level, FieldAccess.KindOf(kind.GetField(amount)), $"{kind.Name}.{amount}"));
        if (kind.Level >= AccessPolicy.Filed) request.Ledger.Record($"{kind.Name}.flow", about, unmasked: false);
        return new FlowKindSight(
            (openness.OfOwn, openness.OfOthers) switch
            {
                (true, true) => null,
                (true, false) => (from, to) => isOwn(from) || isOwn(to),
                (false, true) => (from, to) => !isOwn(from) && !isOwn(to),
                (false, false) => (_, _) => false,
            },
            openness.IsRounded ? Rounding.ToTwoDigits : null);
    }

    public bool Opens(int node, Field field) =>
        OpennessOf(node, field) is var openness && (openness.OfOwn == openness.OfOthers ? openness.OfOwn : isOwn(node) ? openness.OfOwn : openness.OfOthers);

    public decimal Shown(Field field, decimal number) => fields.TryGetValue(field, out var openness) && openness.IsRounded ? Rounding.ToTwoDigits(number) : number;

    private Openness OpennessOf(int node, Field field)
    {
        if (fields.TryGetValue(field, out var known)) return known;
        var name = $"{view.Snapshot.Nodes.TypeOf(node).Name}.{field.Name}";
        var openness = Decide(field.Level, FieldAccess.KindOf(field), name);
        if (field.Level >= AccessPolicy.Filed) request.Ledger.Record(name, about, unmasked: false);
        return fields.GetOrAdd(field, openness);
    }

    /// <summary>Of whom a value is open; refused where it is of nobody.</summary>
    private Openness Decide(Sensitivity level, ValueKind kind, string what)
    {
        AccessDecision At(Standing standing) => AccessPolicy.Decide(request.Viewer, new AccessQuestion(standing, level, kind));
        var others = At(Standing.Visible);
        var own = AccessPolicy.DependsOnSubject(request.Viewer.Role) ? At(Standing.Own) : others;
        if (own.Code is not null && others.Code is not null) throw AccessDenied.Of(own, what);
        return new Openness(IsRead(own), IsRead(others), own.Access == Access.Round || others.Access == Access.Round);
    }

    private static bool IsRead(AccessDecision decision) => decision.Code is null && decision.Access is Access.Allow or Access.Round;

    /// <summary>Of whom a value is open.</summary>
    /// <param name="OfOwn">Of the viewer itself and its clients.</param>
    /// <param name="OfOthers">Of anybody else, and of what is about nobody.</param>
    /// <param name="IsRounded">To two digits.</param>
    private readonly record struct Openness(bool OfOwn, bool OfOthers, bool IsRounded)
    {
        public Openness And(Openness other) => new(OfOwn && other.OfOwn, OfOthers && other.OfOthers, IsRounded || other.IsRounded);
    }
}
