using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Market.Calendar;
using GraphRisk.Market.Lending;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Workflow.Recovery;

/// <summary>
/// What is due about margin calls on a day: a contract at or below its call line that has no call waiting and is not in default is called; a call whose line is restored, or whose contract is closed, is met; one whose day lies
/// behind and whose line is not restored has passed. A second round on a day finds nothing to do. Cost: the contracts of the brokers and the calls on them.
/// </summary>
/// <param name="then">The market on the day.</param>
/// <param name="present">What is known of cases now.</param>
/// <param name="calendar">Trading days.</param>
public sealed class CallRound(MarketReading then, Snapshot present, WorkingCalendar calendar)
{
    private static readonly string[] Waiting = ["OPEN", "EXTENDED"];

    /// <summary>The steps of the contracts of a broker, by contract.</summary>
    /// <param name="broker">Node of the broker in the market of the day.</param>
    /// <param name="meter">Pays for it.</param>
    /// <exception cref="YearWithoutCalendarException">A day to top up lies in a year without calendar.</exception>
    public IEnumerable<RoundStep> StepsOf(int broker, WorkMeter meter)
    {
        var (day, code) = (then.Snapshot.Stamp.AsOfDay, then.Snapshot.Nodes.IdOf(broker).Key);
        var (lines, policy) = (MarginLines.Common.For(code, day), RecoveryPolicy.Common.For(code, day));
        foreach (var contract in meter.Along(then.Contracts.OfBroker(broker)))
        {
            var id = then.Snapshot.Nodes.IdOf(contract.Node);
            var calls = CaseRound.On(present, "CALLS", id).ToList();
            foreach (var call in calls)
                if (StepOf(contract, id, call, day) is { } step) yield return step;
            // Who is in default is sold out, not called.
            if (then.Defaults.OfContract(contract.Node) is { CuredOn: null } || calls.Exists(call => IsWaiting(call) || IsPassed(call) || present.Nodes.Get(call, "calledOn")?.AsDate() == day) || CallTerms.Of(contract, lines, policy, day, calendar) is not { } terms) continue;
            yield return new RoundStep(CaseKind.MarginCall, "call", FormattableString.Invariant($"call {id} {day:yyyy-MM-dd}"), id, Properties.None) { Opening = parties => terms.ToOpening(parties, id) };
        }
    }

    private RoundStep? StepOf(Contract contract, NodeId id, int call, DateOnly day)
    {
        var (restoreTo, due) = (present.Nodes.GetDecimal(call, "restoreTo") ?? 0m, present.Nodes.Get(call, "dueOn")?.AsDate());
        var called = present.Nodes.Get(call, "calledOn")?.AsDate();
        if (!(called < day) || (!IsWaiting(call) && !IsPassed(call))) return null;
        if (CallTerms.IsRestored(contract, restoreTo)) return Step("meet");
        return IsWaiting(call) && due < day ? Step("pass") : null;

        RoundStep Step(string move) => new(CaseKind.MarginCall, move, FormattableString.Invariant($"{move} {day:yyyy-MM-dd}"), id, Properties.Of(("happenedOn", PropertyValue.Of(day))))
        {
            Case = present.Nodes.IdOf(call),
        };
    }

    private bool IsWaiting(int call) => Waiting.Contains(present.Nodes.GetString(call, "state"));

    private bool IsPassed(int call) => present.Nodes.GetString(call, "state") == "PASSED";
}
