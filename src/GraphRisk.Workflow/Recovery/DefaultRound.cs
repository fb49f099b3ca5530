using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Market.Lending;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Workflow.Recovery;

/// <summary>
/// Defaults that follow from what is recorded on a day, of contracts that have no default case under way: those in default by <see cref="GraphRisk.Market.Credit.Defaults"/>, the one definition, and not cured; those with a
/// margin call that passed unmet and whose consequence is a default; those whose term passed while something is owed (of margin contracts, which are renewed, those their broker states as overdue). Filing one states it for that definition too. What was filed, and closed or
/// taken back, is not filed again for the same reason. Cost: the contracts of the brokers, and the events of their clients.
/// </summary>
/// <param name="then">The market on the day.</param>
/// <param name="present">What is known of cases now.</param>
public sealed class DefaultRound(MarketReading then, Snapshot present)
{
    /// <summary>The steps of the contracts of a broker, by contract.</summary>
    public IEnumerable<RoundStep> StepsOf(int broker, WorkMeter meter)
    {
        foreach (var contract in meter.Along(then.Contracts.OfBroker(broker)))
        {
            var id = then.Snapshot.Nodes.IdOf(contract.Node);
            if (CaseRound.On(present, "DEFAULTS_ON", id).Any(IsOpen) || ReasonOf(contract, id) is not var (key, terms)) continue;
            yield return new RoundStep(CaseKind.Default, "derive", $"derive {id} {key}", id, Properties.None) { Opening = terms.ToOpening };
        }
    }

    private (string Key, DefaultTerms Terms)? ReasonOf(Contract contract, NodeId id)
    {
        var day = then.Snapshot.Stamp.AsOfDay;
        // Where nothing is stated to be owed there is nothing to claim.
        if (DefaultTerms.ClaimOf(then.Snapshot, contract.Node) is not { Amount: > 0 } claim) return null;
        if (then.Defaults.OfContract(contract.Node) is { CuredOn: null } state)
            return WasFiled(id, state.Since) ? null : (FormattableString.Invariant($"recorded {state.Since:yyyy-MM-dd}"), new DefaultTerms(id, "RECORDED", "UNKNOWN", state.Since ?? day, claim.Amount, claim.Interest, IsRecorded: true));
        if (!contract.IsOutstanding || contract.Debt <= 0) return null;
        foreach (var call in CaseRound.On(present, "CALLS", id))
            if (present.Nodes.GetString(call, "state") == "PASSED" && present.Nodes.GetString(call, "consequence") == "DEFAULT")
                return ($"call {present.Nodes.GetString(call, "reference")}", new DefaultTerms(id, "CALL_UNMET", "COLLATERAL", day, claim.Amount, claim.Interest, IsRecorded: false));
        return contract.MaturesOn is { } end && end < day && (contract.Kind != ContractKind.Margin || contract.Status == ContractStatus.Overdue)
            ? (FormattableString.Invariant($"term {end:yyyy-MM-dd}"), new DefaultTerms(id, "TERM_UNPAID", "LIQUIDITY", end.AddDays(1), claim.Amount, claim.Interest, IsRecorded: false))
            : null;
    }

    /// <summary>Whether a default of that day was filed on a contract, by whomever and under whatever key: in another system, too.</summary>
    private bool WasFiled(NodeId contract, DateOnly? since) =>
        since is not null && CaseRound.On(present, "DEFAULTS_ON", contract).Any(one => present.Nodes.Get(one, "defaultedOn")?.AsDate() == since);

    private bool IsOpen(int one) => DefaultTerms.Open.Contains(present.Nodes.GetString(one, "state"));
}
