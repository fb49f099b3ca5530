using GraphRisk.Graph.Selection;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Disclosure;
using GraphRisk.Server.Http;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Authorisations;

namespace GraphRisk.Server.Selection;

/// <summary>
/// How a viewer reads fields when it filters, orders, groups or sums by them: never more of them than it would read of each row. What it
/// reads rounded is rounded before it is compared; what it may not read of a row is hidden there, so that the row answers no condition on
/// it; and what it reads of nobody, or only masked or under a pseudonym, it cannot ask by at all.
/// </summary>
internal sealed class Sight
{
    private static readonly Standing[] Standings = [Standing.Own, Standing.Visible];

    private readonly RequestContext request;
    private readonly GraphView view;
    private readonly ViewStandings standings;
    private readonly Grants? grants;

    private Sight(RequestContext request, GraphView view, ViewStandings standings, Grants? grants) =>
        (this.request, this.view, this.standings, this.grants) = (request, view, standings, grants);

    /// <summary>The knowledge by which it is decided what the viewer may read.</summary>
    public SnapshotStamp KnownNow => standings.KnownNow;

    /// <summary>The sight of whoever asks.</summary>
    public static async ValueTask<Sight> OfAsync(GraphSession session, GraphView view, RequestContext request, CancellationToken cancellation) => new(
        request, view, await ViewStandings.OfAsync(session, view, request.Viewer, cancellation), await Grants.OfAsync(session, request.Viewer, cancellation));

    /// <summary>The values of a field as the viewer reads them; filed where reading is.</summary>
    /// <exception cref="TypedError">The viewer may not ask by the field.</exception>
    public Values Of(SelectableField field, Values values)
    {
        var kind = field.Access.Kind ?? FieldAccess.KindOf(field.Field);
        var decisions = Standings.Select(standing => Decide(field.Access, kind, standing)).ToArray();
        if (!Array.Exists(decisions, Opens)) throw Refused(field, decisions);
        if (field.Access.Level >= AccessPolicy.Filed || decisions.Any(decision => decision.Revealed))
            request.Ledger.Record(field.FullName, ReadLedger.Everyone, decisions.Any(decision => decision.Revealed));
        if (Array.Exists(decisions, decision => decision.Access == Access.Round)) values = Rounded(values);
        return OpenWhere(field.Access, kind) is { } open ? values.OpenWhere(open) : values;
    }

    /// <summary>Whether the viewer may ask by a field at all.</summary>
    public bool Reads(SelectableField field)
    {
        var kind = field.Access.Kind ?? FieldAccess.KindOf(field.Field);
        return Standings.Any(standing => Opens(Decide(field.Access, kind, standing)));
    }

    /// <summary>Of which rows the viewer may know that they are there, or may follow a relationship; null where of all.</summary>
    /// <exception cref="TypedError">Of none.</exception>
    public Func<Row, bool>? Opening(string what, Graph.Schema.Sensitivity level)
    {
        var access = FieldAccess.Reads(level);
        var decisions = Standings.Select(standing => Decide(access, ValueKind.Other, standing)).ToArray();
        if (!Array.Exists(decisions, Opens)) throw AccessDenied.Of(decisions[0], what);
        return OpenWhere(access, ValueKind.Other);
    }

    private AccessDecision Decide(FieldAccess access, ValueKind kind, Standing standing, bool isGranted = true)
    {
        var grant = access.Scope is { } scope && AccessPolicy.DependsOnAuthorisation(request.Viewer.Role, standing)
            ? (scope, isGranted) switch
            {
                (AuthorisationScope.Score, true) => Grant.Score,
                (AuthorisationScope.Score, false) => Grant.NoScore,
                (_, true) => Grant.Facts,
                (_, false) => Grant.NoFacts,
            }
            : Grant.NotNeeded;
        return AccessPolicy.Decide(request.Viewer, new AccessQuestion(standing, access.Level!.Value, kind, grant));
    }

    private static bool Opens(AccessDecision decision) => decision.Code is null && decision.Access is Access.Allow or Access.Round;

    private TypedError Refused(SelectableField field, AccessDecision[] decisions)
    {
        var nearest = Array.Find(decisions, decision => decision.Code is null) ?? decisions[0];
        var error = nearest switch
        {
            { Code: not null } => AccessDenied.Of(nearest, field.FullName, field.Access.Scope),
            { Row.Access: Access.Reveal } => new AccessDenied(AccessCodes.ReasonRequired, field.FullName),
            _ => AccessDenied.With(field.FullName, "You read it hidden or under another name, and asking by it would read it by guessing."),
        };
        request.Ledger.Refuse(field.FullName, null, error.Code!);
        return error;
    }

    private static Values Rounded(Values values) => values switch
    {
        FixedValues<decimal> numbers => numbers.Through(Rounding.ToTwoDigits),
        FixedValues<long> { Field.Kind: Graph.Schema.FieldKind.Integer } numbers => numbers.Through(number => (long)Rounding.ToTwoDigits(number)),
        _ => values.OpenWhere(_ => false),
    };

    /// <summary>Which rows open the field; null where it does not depend on the row.</summary>
    private Func<Row, bool>? OpenWhere(FieldAccess access, ValueKind kind)
    {
        if (!AccessPolicy.DependsOnSubject(request.Viewer.Role)) return null;
        var visible = Opens(Decide(access, kind, Standing.Visible));
        var own = Opens(Decide(access, kind, Standing.Own));
        if (access.Scope is { } scope && grants is not null)
            return row => SubjectOf(row) is >= 0 and var subject && standings.To(subject) == Standing.Own
                ? own && grants.Allow(view.Snapshot, subject, scope) : visible;
        return own == visible ? null : row => (standings.To(SubjectOf(row)) == Standing.Own ? own : visible);
    }

    private int SubjectOf(in Row row) => row.Edge < 0
        ? new NodeHandle(view, row.Node).SubjectNode
        : RelationshipHandle.SubjectNode(new NodeHandle(view, row.Near), new NodeHandle(view, row.Node));
}
