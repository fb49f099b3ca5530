using System.Collections.Immutable;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Market.Calendar;
using GraphRisk.Scoring.Models;
using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Workflow.Warnings.Filing;

/// <summary>The round of a broker as it was filed.</summary>
/// <param name="Found">Whom it named, and whom it cut.</param>
/// <param name="Filed">What filing it did.</param>
public sealed record FiledBroker(BrokerWarnings Found, FiledRound Filed);

/// <summary>The round of a day as it was filed.</summary>
/// <param name="Day">The trading day.</param>
/// <param name="RulesVersion">Version of the common rules, which go for brokers that have none of their own.</param>
/// <param name="Model">Version of the model that scored; null where none did.</param>
/// <param name="Brokers">The brokers that lent on the day, by id.</param>
/// <param name="Findings">Files of rules that could not count: of the broker whose round alone is made, else of all.</param>
public sealed record FiledDay(DateOnly Day, string RulesVersion, string? Model, ImmutableArray<FiledBroker> Brokers, ImmutableArray<RuleFinding> Findings);

/// <summary>Makes the rounds of a day and files them, each broker's from what that broker may know. Given again it files nothing.</summary>
/// <param name="store">The store.</param>
/// <param name="snapshots">Where snapshots of it come from.</param>
/// <param name="model">The model that scores; null where there is none.</param>
/// <param name="rules">The rules, by broker.</param>
/// <param name="calendar">Which days are worked.</param>
public sealed class WarningRounds(IGraphStore store, SnapshotProvider snapshots, CreditModel? model, WarningRuleShelf rules, WorkingCalendar calendar)
{
    /// <summary>One broker, whose round alone is made; all brokers that lend where null.</summary>
    public NodeId? Only { get; init; }

    /// <summary>Clients a desk can be warned of a day; as each broker's policy says where null.</summary>
    public int? Capacity { get; init; }

    /// <summary>Files the round of the last trading day up to a day; null where no price is known up to it.</summary>
    /// <param name="asked">The day.</param>
    /// <param name="today">The real day, on which an authorisation has to be in force.</param>
    /// <param name="at">The instant of the clock.</param>
    /// <param name="charge">Is told of the days that are looked at, before they are.</param>
    /// <param name="cancellation">Stops between two days and two cases.</param>
    /// <exception cref="YearWithoutCalendarException">A term reaches into a year without calendar.</exception>
    public async Task<FiledDay?> FileAsync(DateOnly asked, DateOnly today, DateTimeOffset at, Action<IReadOnlyCollection<DateOnly>>? charge = null, CancellationToken cancellation = default)
    {
        var reader = new WarningReader(snapshots, model);
        var (lenders, days) = await reader.OpenAsync(asked, cancellation);
        if (days.Before(asked, 0) is not { } day) return null;
        var idle = rules.Brokers.Except(lenders.Select(broker => broker.Key)).Select(nobody => new RuleFinding(
            nobody, $"There are rules of early warning of '{nobody}', and no broker '{nobody}' lends anything; those that do are {string.Join(", ", lenders.Select(broker => broker.Key))}."));
        var brokers = lenders.Where(broker => Only is null || broker == Only).ToImmutableArray();
        var question = WarningQuestion.Of(rules.Together(), [day], days, today, at);
        charge?.Invoke([.. question.Days.Keys]);
        var figures = await reader.ReadAsync(brokers, question, cancellation);
        var done = ImmutableArray.CreateBuilder<FiledBroker>();
        Entitlement[] entitlements = [.. brokers.Where(broker => figures[broker].ContainsKey(day)).Select(broker => Entitlement.OfBroker(broker.Key))];
        // What one broker's round files is in no other's view, so all are read of the store as it stood before.
        await foreach (var (entitlement, seen) in snapshots.PassAllAsync([Validity.EndOfTime], null, entitlements, cancellation))
        {
            var (broker, filed, own) = (new NodeId("Broker", entitlement.Broker!), FiledWarnings.Of(seen[0]), rules.For(entitlement.Broker!));
            var found = new WarningRound(own, broker, Capacity ?? WarningPolicy.Common.For(broker.Key, day).Capacity).Of(
                back => days.Before(day, back) is { } then ? figures[broker].GetValueOrDefault(then) : null, back => days.Before(day, back), (client, rule) => filed.LastSign(client, rule, day));
            done.Add(new FiledBroker(found, await new WarningDesk(store, own, calendar, at).FileAsync(found, filed, cancellation)));
        }

        return new FiledDay(day, rules.Common.Version, model?.Version, done.ToImmutable(), [.. rules.Findings.Concat(idle).Where(finding => Only is not { } one || finding.Broker == one.Key)]);
    }
}
