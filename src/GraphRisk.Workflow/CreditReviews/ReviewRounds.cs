using System.Collections.Immutable;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Market.Calendar;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Models;
using GraphRisk.Workflow.Admission;
using GraphRisk.Workflow.Decisions;
using GraphRisk.Workflow.Warnings;
using GraphRisk.Workflow.Warnings.Figures;

namespace GraphRisk.Workflow.CreditReviews;

/// <summary>The round of a day for one broker.</summary>
/// <param name="Broker">The broker.</param>
/// <param name="Due">Clients that have to be reviewed and have no review under way.</param>
/// <param name="Required">Reviews that were filed.</param>
/// <param name="Regraded">Reviews under way whose client's grade changed.</param>
/// <param name="Lapsed">Reviews under way whose client owes nothing any more.</param>
public sealed record ReviewedBroker(NodeId Broker, int Due, int Required, int Regraded, int Lapsed);

/// <summary>The round of a day.</summary>
/// <param name="Day">The trading day.</param>
/// <param name="RulesVersion">Version of the graded management of brokers that have none of their own.</param>
/// <param name="Model">Version of the model that graded; null where none did.</param>
/// <param name="Brokers">The brokers that lent on the day, by id.</param>
public sealed record ReviewedDay(DateOnly Day, string RulesVersion, string? Model, ImmutableArray<ReviewedBroker> Brokers);

/// <summary>
/// Files which clients have to be reviewed on a day, each broker's from what that broker may know: the grade of a client that let it know its score, and no other's. Those whose debt did not come down as decided come first, then those whose grade fell, then those whose
/// interval is over, then those never reviewed, of each the greatest expected loss; a desk is given so many a day and the rest stay due. Given again it files nothing.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="snapshots">Where snapshots of it come from.</param>
/// <param name="model">The model that scores; null where there is none, and no grade is known.</param>
/// <param name="calendar">Which days are worked.</param>
public sealed class ReviewRounds(IGraphStore store, SnapshotProvider snapshots, CreditModel? model, WorkingCalendar calendar)
{
    private static readonly CaseKind Kind = CaseKind.CreditReview;

    private readonly CaseDesk desk = new(store);

    /// <summary>One broker, whose round alone is made; all brokers that lend where null.</summary>
    public NodeId? Only { get; init; }

    /// <summary>Files the round of the last trading day up to a day; null where no price is known up to it.</summary>
    /// <param name="asked">The day.</param>
    /// <param name="today">The real day, on which an authorisation has to be in force.</param>
    /// <param name="at">The instant of the clock.</param>
    /// <param name="cancellation">Stops between two cases.</param>
    /// <exception cref="YearWithoutCalendarException">A term reaches into a year without calendar.</exception>
    public async Task<ReviewedDay?> FileAsync(DateOnly asked, DateOnly today, DateTimeOffset at, CancellationToken cancellation = default)
    {
        var reader = new WarningReader(snapshots, model);
        var (lenders, days) = await reader.OpenAsync(asked, cancellation);
        if (days.Before(asked, 0) is not { } day) return null;
        var brokers = lenders.Where(broker => Only is null || broker == Only).ToImmutableArray();
        var figures = await reader.ReadAsync(brokers, WarningQuestion.OfScores(day, today, at), cancellation);
        var done = ImmutableArray.CreateBuilder<ReviewedBroker>();
        Entitlement[] entitlements = [.. brokers.Where(broker => figures[broker].ContainsKey(day)).Select(broker => Entitlement.OfBroker(broker.Key))];
        await foreach (var (entitlement, seen) in snapshots.PassAllAsync([Validity.EndOfTime], null, entitlements, cancellation))
        {
            var broker = new NodeId("Broker", entitlement.Broker!);
            done.Add(await FileAsync(broker, figures[broker][day], FiledReviews.Of(seen[0]), new CaseFiling(at, day, $"reviews {broker}"), cancellation));
        }

        return new ReviewedDay(day, GradedManagement.Common.General.On(day).Version, model?.Version, done.ToImmutable());
    }

    private async Task<ReviewedBroker> FileAsync(NodeId broker, DayFigures figures, FiledReviews filed, CaseFiling filing, CancellationToken cancellation)
    {
        var (day, rules) = (filing.Day, GradedManagement.Common.For(broker.Key, filing.Day));
        var (regraded, lapsed) = (0, 0);
        foreach (var open in filed.All.Where(one => one.IsOpen))
        {
            if (filed.RecordsOf(open).Select(figures.Of).FirstOrDefault(one => one is not null) is not { } now) lapsed += await MoveAsync(open.Id, "lapse", [], filing, cancellation);
            else if (now is { IsInDefault: false } && RowOf(now, rules) is { Grade: { } grade } row && grade != open.Grade)
                regraded += await MoveAsync(open.Id, "regrade", ReviewTerms.Followed(row, rules, day, calendar), filing, cancellation);
        }

        var due = DueOf(broker, figures, filed, rules);
        var required = 0;
        // What an earlier round of the day filed counts against the same desk.
        foreach (var one in due.Take(Math.Max(0, rules.ReviewsADay - filed.All.Count(review => review.FoundOn == day))))
        {
            var outcome = await desk.OpenAsync(
                Kind, ReviewTerms.Opening(one, broker, rules, day, calendar), new MoveAsked("require", Mover.Platform, FormattableString.Invariant($"require {day:yyyy-MM-dd}"), Properties.None), filing, cancellation);
            if (outcome.Decision is { IsNew: true }) required++;
        }

        return new ReviewedBroker(broker, due.Length, required, regraded, lapsed);
    }

    private static ImmutableArray<DueReview> DueOf(NodeId broker, DayFigures figures, FiledReviews filed, GradedManagement rules)
    {
        var loss = AdmissionPolicy.Common.For(broker.Key, figures.Day).LossGivenDefault;
        var due = ImmutableArray.CreateBuilder<DueReview>();
        foreach (var (client, now) in figures.Clients)
        {
            // Who is in default is sold out, not reviewed.
            if (now.IsInDefault || filed.OpenOf(client) is not null) continue;
            var (row, last) = (RowOf(now, rules), filed.LastOf(client));
            if (ReviewTerms.CauseOf(row, last is null ? null : rules.Of(last.Grade), last, filed.ApprovedOn(client), now.Exposure, figures.Day) is { } cause)
                due.Add(new DueReview(client, cause, row, now.Exposure, decimal.Round((decimal)now.Probability * now.Exposure * loss, 2)));
        }

        return [.. due.OrderBy(one => one.Cause).ThenByDescending(one => one.ExpectedLoss).ThenBy(one => one.Client)];
    }

    private static GradeRow RowOf(ClientFigures of, GradedManagement rules) => rules.Of(of.IsScored ? GradeTable.Standard.Of(of.Probability).Name : null);

    private async Task<int> MoveAsync(NodeId id, string move, ImmutableArray<Property> carried, CaseFiling filing, CancellationToken cancellation)
    {
        var asked = new MoveAsked(move, Mover.Platform, FormattableString.Invariant($"{move} {filing.Day:yyyy-MM-dd}"), Properties.Of(carried));
        return await desk.MoveAsync(Kind, id, asked, null, filing, cancellation: cancellation) is { Decision.IsNew: true } ? 1 : 0;
    }
}
