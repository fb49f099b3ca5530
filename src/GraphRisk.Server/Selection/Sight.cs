using GraphRisk.Graph.Schema;
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
/// reads rounded, a number to two digits or a day to its year, is rounded before it is compared; what it may not read of a row is hidden there, so
/// that the row answers no condition on it; and what it reads of nobody, or only masked or under a pseudonym, it cannot ask by at all.
/// </summary>
internal sealed class Sight
{
    private static readonly Standing[] ToSome = [Standing.Own, Standing.Visible];
    private static readonly Standing[] ToAll = [Standing.Visible];

    private readonly RequestContext request;
    private readonly GraphView view;
    private readonly ViewStandings standings;
    private readonly Grants? grants;
    private readonly bool fromEitherEnd;

    private Sight(RequestContext request, GraphView view, ViewStandings standings, Grants? grants, bool fromEitherEnd = false) =>
        (this.request, this.view, this.standings, this.grants, this.fromEitherEnd) = (request, view, standings, grants, fromEitherEnd);

    /// <summary>How the viewer may stand to whom a row is about.</summary>
    private Standing[] Standings => AccessPolicy.DependsOnSubject(request.Viewer.Role) ? ToSome : ToAll;

    /// <summary>Who looks, and where it is filed.</summary>
    public RequestContext Request => request;

    /// <summary>The same where relationships are rows of their own, met from whichever end opens more of them.</summary>
    public Sight FromEitherEnd() => new(request, view, standings, grants, fromEitherEnd: true);

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
        var isDay = field.Field.Kind == FieldKind.Date;
        var decisions = Standings.Select(standing => Decide(field.Access, kind, standing)).ToArray();
        if (!Array.Exists(decisions, decision => Opens(decision, isDay))) throw Refused(field, decisions);
        if (field.Access.Level >= AccessPolicy.Filed || decisions.Any(decision => decision.Revealed))
            request.Ledger.Record(field.FullName, ReadLedger.Everyone, decisions.Any(decision => decision.Revealed));
        if (Array.Exists(decisions, decision => decision.Access is Access.Round or Access.Pseudonym)) values = Rounded(values);
        return OpenWhere(field.Access, kind, field.IsOfRelationship) is { } open ? values.OpenWhere(open) : values;
    }

    /// <summary>Whether the viewer may ask by a field at all.</summary>
    public bool Reads(SelectableField field)
    {
        var kind = field.Access.Kind ?? FieldAccess.KindOf(field.Field);
        return Standings.Any(standing => Opens(Decide(field.Access, kind, standing), field.Field.Kind == FieldKind.Date));
    }

    /// <summary>Whether the viewer may know of any node or relationship of a level that it is there.</summary>
    public bool Opens(Sensitivity level) => Standings.Any(standing => Opens(Decide(FieldAccess.Reads(level), ValueKind.Other, standing)));

    /// <summary>Of which rows the viewer may know that they are there, or may follow a relationship; null where of all.</summary>
    /// <param name="what">The type, for messages.</param>
    /// <param name="level">Its level.</param>
    /// <param name="isOfRelationship">The rows are relationships, not nodes.</param>
    /// <exception cref="TypedError">Of none.</exception>
    public Func<Row, bool>? Opening(string what, Sensitivity level, bool isOfRelationship = false)
    {
        var access = FieldAccess.Reads(level);
        var decisions = Standings.Select(standing => Decide(access, ValueKind.Other, standing)).ToArray();
        if (!Array.Exists(decisions, decision => Opens(decision))) throw AccessDenied.Of(decisions[0], what);
        return OpenWhere(access, ValueKind.Other, isOfRelationship);
    }

    /// <summary>From which end a relationship that is a row of its own is met: from the other one where that alone is about the viewer or its client.</summary>
    public bool IsMetFromEnd(in Row row) => AccessPolicy.DependsOnSubject(request.Viewer.Role)
        && standings.To(SubjectOf(row.Near, row.Node)) != Standing.Own && standings.To(SubjectOf(row.Node, row.Near)) == Standing.Own;

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

    /// <summary>Whether what is read can be asked by: as it is or rounded; a pseudonym of a day is the day rounded to its year.</summary>
    private static bool Opens(AccessDecision decision, bool isDay = false) =>
        decision.Code is null && (decision.Access is Access.Allow or Access.Round || (isDay && decision.Access == Access.Pseudonym));

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
        FixedValues<long> { Field.Kind: FieldKind.Integer } numbers => numbers.Through(number => (long)Rounding.ToTwoDigits(number)),
        FixedValues<int> days => days.Through(day => new DateOnly(DateOnly.FromDayNumber(day).Year, 1, 1).DayNumber),
        _ => values.OpenWhere(_ => false),
    };

    /// <summary>Which rows open the field; null where it does not depend on the row.</summary>
    private Func<Row, bool>? OpenWhere(FieldAccess access, ValueKind kind, bool isOfRelationship)
    {
        if (!AccessPolicy.DependsOnSubject(request.Viewer.Role)) return null;
        var visible = Opens(Decide(access, kind, Standing.Visible));
        var own = Opens(Decide(access, kind, Standing.Own));
        if (access.Scope is { } scope && grants is not null)
            return row => SubjectOf(row, isOfRelationship) is >= 0 and var subject && standings.To(subject) == Standing.Own
                ? own && grants.Allow(view.Snapshot, subject, scope) : visible;
        return own == visible ? null : row => (standings.To(SubjectOf(row, isOfRelationship)) == Standing.Own ? own : visible);
    }

    /// <summary>Whom a value of a row is about: a node's value whom that node is about, whoever is at the other end of a relationship that leads to it.</summary>
    private int SubjectOf(in Row row, bool isOfRelationship) =>
        !isOfRelationship || row.Edge < 0 ? new NodeHandle(view, row.Node).SubjectNode
        : fromEitherEnd && IsMetFromEnd(row) ? SubjectOf(row.Node, row.Near) : SubjectOf(row.Near, row.Node);

    private int SubjectOf(int near, int far) => RelationshipHandle.SubjectNode(new NodeHandle(view, near), new NodeHandle(view, far));
}
