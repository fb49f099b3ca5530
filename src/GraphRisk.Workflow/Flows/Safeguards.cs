using System.Globalization;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Intake.Import.Updates;
using GraphRisk.Market.Flows;

namespace GraphRisk.Workflow.Flows;

/// <summary>What becomes of a write.</summary>
public enum FlowOutcome
{
    /// <summary>It is recorded.</summary>
    Written,

    /// <summary>Nothing is recorded: what it names is blocked, or not there.</summary>
    Refused,

    /// <summary>It is not recorded, and both it names are blocked.</summary>
    Blocked,
}

/// <summary>
/// Whether a transfer or a guarantee may be made, as things stand with it: FinBench's read-writes. The answer rests on the state it is considered in, so
/// it is recorded only while that is the newest.
/// </summary>
internal static class Safeguards
{
    /// <summary>TRW1: a transfer is refused where either account is blocked, and blocks both where it closes a circle of three within the window.</summary>
    public static FlowOutcome Cycle(MoneyFlows flows, UpdateRow row, WorkMeter meter) => Decide(flows, row, transfer =>
        TransferPaths.ClosedBy(flows, transfer.From, transfer.To, WindowOf(row), meter).Length > 0);

    /// <summary>
    /// TRW2: the same where money passes through too fast: the ratio of what came in over what went out exceeds the threshold, the transfer itself counted.
    /// <para>
    /// FinBench aborts "if the ratio of transfers-in/transfers-out amount exceeds a given ratio threshold, both for the src and dst account".
    /// Implementations differ: some abort where either exceeds it, some compare numbers of transfers and not amounts. We take the sentence as it stands:
    /// amounts as in TCR7, and both have to exceed it. An account that sent nothing has no ratio and exceeds none.
    /// </para>
    /// </summary>
    public static FlowOutcome Fast(MoneyFlows flows, UpdateRow row, WorkMeter meter) => Decide(flows, row, transfer =>
    {
        var considered = flows.Considering(transfer);
        bool Exceeds(int account) =>
            AccountTurnover.Passing(considered, account, NumberOf(row, "amount_threshold"), WindowOf(row), CutOf(row), meter)!.Ratio > NumberOf(row, "ratio_threshold");
        return Exceeds(transfer.From) && Exceeds(transfer.To);
    });

    /// <summary>TRW3: a guarantee is refused where either person is blocked, and blocks both where loans along the guarantor's chain, this guarantee in it, exceed the threshold.</summary>
    public static FlowOutcome Chain(MoneyFlows flows, UpdateRow row, WorkMeter meter) => Decide(flows, row, guarantee =>
        PersonalTies.LoansInChain(flows.ConsideringGuarantee(guarantee), guarantee.From, WindowOf(row), CutOf(row), meter).Amount
            > NumberOf(row, "amount_threshold"));

    private static FlowOutcome Decide(MoneyFlows flows, UpdateRow row, Func<Flow, bool> isHarmful)
    {
        var edge = row.Facts.OfType<RelationshipFact>().Single();
        var (from, to) = (flows.Find(edge.From), flows.Find(edge.To));
        if (from < 0 || to < 0 || flows.IsBlocked(from) || flows.IsBlocked(to)) return FlowOutcome.Refused;
        var amount = edge.Properties.TryGet("amount", out var stated) ? stated.AsDecimal() : 0;
        return isHarmful(new Flow(from, to, row.At.ToUnixTimeMilliseconds(), amount)) ? FlowOutcome.Blocked : FlowOutcome.Written;
    }

    private static FlowWindow WindowOf(UpdateRow row) => new((long)NumberOf(row, "startTime"), (long)NumberOf(row, "endTime"));

    private static Truncation CutOf(UpdateRow row) => new((int)NumberOf(row, "truncation_limit"), FlowOrders.Parse(row["truncation_order"]));

    private static decimal NumberOf(UpdateRow row, string name) => decimal.TryParse(row[name], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? number : throw new InvalidDataException($"{row.File}: '{name}' is '{row[name]}', which is not a number.");
}
