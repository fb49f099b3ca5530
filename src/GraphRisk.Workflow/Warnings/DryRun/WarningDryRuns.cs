using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Scoring.Models;
using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Workflow.Warnings.DryRun;

/// <summary>Makes dry runs over a store: reads the figures of the days, each broker's from what that broker may know, and what became of the clients. Files nothing.</summary>
/// <param name="snapshots">Where snapshots come from.</param>
/// <param name="model">The model that scores; null where there is none.</param>
public sealed class WarningDryRuns(SnapshotProvider snapshots, CreditModel? model)
{
    /// <summary>One broker, whose rounds alone are made, and whose own view alone says what became of its clients; all brokers that lend where null.</summary>
    public NodeId? Only { get; init; }

    /// <summary>Clients a desk can be warned of a day; as the policy says where null.</summary>
    public int? Capacity { get; init; }

    /// <summary>The instant whose knowledge is read; null for all that is known now.</summary>
    public DateTimeOffset? KnownAt { get; init; }

    /// <summary>What rules would have said; null where no trading day lies between the two.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day.</param>
    /// <param name="today">The day up to which outcomes are known, no later than the sources have reached.</param>
    /// <param name="at">The instant of the clock.</param>
    /// <param name="charge">Is told of the days that are looked at, before they are.</param>
    /// <param name="cancellation">Stops between two days.</param>
    public async Task<DryRunReport?> RunAsync(
        WarningRules rules, DateOnly from, DateOnly to, DateOnly today, DateTimeOffset at, Action<IReadOnlyCollection<DateOnly>>? charge = null, CancellationToken cancellation = default)
    {
        var reader = new WarningReader(snapshots, model) { KnownAt = KnownAt };
        var (lenders, days) = await reader.OpenAsync(today, cancellation);
        DateOnly[] rounds = [.. days.From(from, to)];
        if (rounds.Length == 0) return null;
        var question = WarningQuestion.Of(rules, rounds, days, today, at, WarningDryRun.RatioFigure);
        charge?.Invoke([.. question.Days.Keys]);
        var figures = await reader.ReadAsync([.. lenders.Where(broker => Only is null || broker == Only)], question, cancellation);
        var entitlement = Only is { Key: var code } ? Entitlement.OfBroker(code) : Entitlement.Whole;
        var outcomes = Outcomes.Of(new MarketReading(await snapshots.GetAsync(Validity.CloseOf(today), KnownAt, entitlement, cancellation)));
        var policy = Only is { Key: var own } ? WarningPolicy.Common.For(own, rounds[^1]) : WarningPolicy.Common.General.On(rounds[^1]);
        return new WarningDryRun(figures, days, today, outcomes, policy with { Capacity = Capacity ?? policy.Capacity }).Run(rules, rounds[0], rounds[^1], cancellation);
    }
}
