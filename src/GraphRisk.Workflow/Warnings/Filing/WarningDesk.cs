using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Market.Calendar;
using GraphRisk.Workflow.Decisions;
using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Workflow.Warnings.Filing;

/// <summary>What filing a round did.</summary>
/// <param name="Opened">Warnings opened.</param>
/// <param name="Added">Warnings that were open and got further signs.</param>
/// <param name="Woken">Warnings whose day had come until which they were put off.</param>
/// <param name="Escalated">Warnings that nobody took in time.</param>
/// <param name="Known">Clients all of whose signs of the day were filed before.</param>
public readonly record struct FiledRound(int Opened, int Added, int Woken, int Escalated, int Known)
{
    public static FiledRound operator +(FiledRound left, FiledRound right) => new(
        left.Opened + right.Opened, left.Added + right.Added, left.Woken + right.Woken, left.Escalated + right.Escalated, left.Known + right.Known);
}

/// <summary>
/// Files the round of a day: whom it names; then wakes what was put off until the day, and passes on what nobody took in time. Signs of a client are gathered in the one
/// warning of it that is not settled; where there is none a new one is opened. How many were named and cut is filed too. Done twice it files nothing twice: what is there is passed over, and a move is known by its key. Working
/// days are those of the calendar.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="rules">The rules, which say who is next.</param>
/// <param name="calendar">Which days are worked.</param>
/// <param name="at">The instant of the clock.</param>
public sealed class WarningDesk(IGraphStore store, WarningRules rules, WorkingCalendar calendar, DateTimeOffset at)
{
    private static readonly CaseKind Kind = CaseKind.Warning;

    /// <summary>The circumstance in which the program passes a warning on; it looks at nothing that is not.</summary>
    private const string Overdue = "overdue";

    private readonly CaseDesk desk = new(store);

    /// <summary>Files the round of a broker.</summary>
    /// <param name="found">Whom it names.</param>
    /// <param name="filed">The warnings of the broker as they stand.</param>
    /// <param name="cancellation">Stops between two cases.</param>
    /// <exception cref="YearWithoutCalendarException">A term reaches into a year without calendar.</exception>
    public async Task<FiledRound> FileAsync(BrokerWarnings found, FiledWarnings filed, CancellationToken cancellation = default)
    {
        var done = default(FiledRound);
        foreach (var one in found.Named) done += await FileAsync(found, one, filed, cancellation);
        foreach (var one in filed.All)
        {
            done += one switch
            {
                { State: "SNOOZED", SnoozedUntil: { } until } when until <= found.Day => new FiledRound(0, 0, await MoveAsync(one.Id, "wake", found, Again(one, found), cancellation), 0, 0),
                { State: "NEW", DueOn: { } due } when due < found.Day => new FiledRound(0, 0, 0, await MoveAsync(one.Id, "escalate", found, Properties.Of(("team", PropertyValue.Of(one.NextTeam(rules)))), cancellation), 0),
                _ => default,
            };
        }

        await RoundFacts.FileAsync(store, found, filed.Snapshot, at, cancellation);
        return done;
    }

    private async Task<FiledRound> FileAsync(BrokerWarnings found, ClientWarning of, FiledWarnings filed, CancellationToken cancellation)
    {
        var anew = of.Rules.Where(met => !filed.Holds(of.Client, met.Rule.Name, found.Day)).ToList();
        if (anew.Count == 0) return new FiledRound(0, 0, 0, 0, 1);
        var signs = WarningFacts.SignsOf(of, anew, found.Broker, found.Day, found.RulesVersion);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', anew.Select(met => met.Rule.Name)))))[..12];
        var key = FormattableString.Invariant($"{found.Day:yyyy-MM-dd} {hash}");
        if (filed.OpenOf(of.Client) is { } open)
            return new FiledRound(0, await MoveAsync(open.Id, "add", found, Added(open, of, found), cancellation, key, signs), 0, 0, 0);
        var asked = new MoveAsked("warn", Mover.Platform, key, Properties.None) { Attached = signs };
        var outcome = await desk.OpenAsync(Kind, WarningFacts.Opening(of, found.Broker, found.Day, DueOn(of, found)), asked, FilingOf(found), cancellation);
        return Made(outcome) ? new FiledRound(1, 0, 0, 0, 0) : new FiledRound(0, 0, 0, 0, 1);
    }

    private async Task<int> MoveAsync(
        NodeId id, string move, BrokerWarnings found, Properties carried, CancellationToken cancellation, string? key = null, ImmutableArray<CaseAttachment> signs = default)
    {
        var asked = new MoveAsked(move, Mover.Platform, $"{move} {key ?? FormattableString.Invariant($"{found.Day:yyyy-MM-dd}")}", carried)
        {
            Circumstances = [Overdue], Attached = signs.IsDefault ? [] : signs,
        };
        return Made(await desk.MoveAsync(Kind, id, asked, null, FilingOf(found), cancellation: cancellation)) ? 1 : 0;
    }

    /// <summary>What an open warning says with further signs: a more urgent one moves it to its own team, while nobody has taken it.</summary>
    private Properties Added(FiledWarning open, ClientWarning of, BrokerWarnings found)
    {
        var severity = open.Severity > of.Severity ? open.Severity : of.Severity;
        List<Property> carried = [new("severity", WarningFacts.Name(severity)), new("expectedLoss", PropertyValue.Of(of.ExpectedLoss))];
        if (open.State == "SNOOZED" || (open.State == "NEW" && of.Severity > open.Severity))
            carried.AddRange([new("team", PropertyValue.Of(of.Severity > open.Severity ? of.Leading.Team : open.Team)), new("dueOn", PropertyValue.Of(DueOn(of, found)))]);
        return Properties.Of(carried);
    }

    private Properties Again(FiledWarning snoozed, BrokerWarnings found) => Properties.Of(
        ("team", PropertyValue.Of(snoozed.Team)),
        ("dueOn", PropertyValue.Of(calendar.AfterWorkingDays(found.Day, WarningPolicy.Common.For(found.Broker.Key, found.Day).TakeAgainWithinDays))));

    private DateOnly DueOn(ClientWarning of, BrokerWarnings found) => calendar.AfterWorkingDays(found.Day, of.Leading.TakeWithinDays);

    private CaseFiling FilingOf(BrokerWarnings found) => new(at, found.Day, $"warnings {found.Broker}");

    /// <summary>Whether a move was made now; a case that moved on meanwhile is met again by the next round.</summary>
    private static bool Made(CaseOutcome outcome) => outcome.Decision is { IsNew: true };
}
