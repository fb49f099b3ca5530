using System.Collections.Immutable;
using static GraphRisk.Market.Flows.FlowParameter;

namespace GraphRisk.Market.Flows;

/// <summary>
/// The reads of LDBC FinBench's transaction workload (version 0.2.0-alpha of its specification): twelve complex and six simple ones. Windows exclude both
/// ends, thresholds are exceeded and not met, sums and ratios have three decimals, ids are ordered as the numbers they are. Where the specification leaves ties, the id
/// decides. Nothing is cut in TCR3, TCR4 and TCR10; elsewhere transfers, withdrawals and guarantees are, and payouts, repayments and sign-ins are not.
/// </summary>
public static class FlowQuestions
{
    /// <summary>All, in FinBench's order.</summary>
    public static ImmutableArray<FlowQuestion> All { get; } =
    [
        new("TCR1", "Accounts downstream that a blocked medium signed in to", "Account", [Subject, Start, End, Limit, Order], ["otherId", "accountDistance", "mediumId", "mediumType"],
            (flows, asked, meter) => Rows(FundsTraces.BlockedSignIns(flows, asked.Subject, asked.Window, asked.Cut, meter), one => [one.Account, one.Distance, one.Device, one.DeviceKind])),
        new("TCR2", "Loans that feed a person's accounts", "Person", [Subject, Start, End, Limit, Order], ["otherId", "sumLoanAmount", "sumLoanBalance"],
            (flows, asked, meter) => Rows(FundsTraces.LoanFedAccounts(flows, asked.Subject, asked.Window, asked.Cut, meter), one => [one.Account, one.LoanAmount, one.LoanBalance])),
        new("TCR3", "Shortest path of transfers", "Account", [Subject, Other, Start, End], ["shortestPathLength"],
            (flows, asked, meter) => [[TransferPaths.ShortestPath(flows, asked.Subject, asked.Other, asked.Window, meter)]]),
        new("TCR4", "Three accounts in a circle of transfers", "Account", [Subject, Other, Start, End],
            ["otherId", "numEdge2", "sumEdge2Amount", "maxEdge2Amount", "numEdge3", "sumEdge3Amount", "maxEdge3Amount"],
            (flows, asked, meter) => Rows(
                TransferPaths.Cycles(flows, asked.Subject, asked.Other, asked.Window, meter),
                one => [one.Account, one.BackCount, one.BackSum, one.BackMax, one.OnCount, one.OnSum, one.OnMax])),
        new("TCR5", "Every trace of transfers from a person's accounts", "Person", [Subject, Start, End, Limit, Order], ["path"],
            (flows, asked, meter) => Rows(FundsTraces.AllTraces(flows, asked.Subject, asked.Window, asked.Cut, meter), trace => [trace])),
        new("TCR6", "Withdrawal to a card after many transfers to one", "Account", [Subject, Threshold, WithdrawalThreshold, Start, End, Limit, Order], ["midId", "sumEdge1Amount", "sumEdge2Amount"],
            (flows, asked, meter) => Rows(
                AccountTurnover.Gatherings(flows, asked.Subject, asked.Threshold, asked.WithdrawalThreshold, asked.Window, asked.Cut, meter),
                one => [one.Account, one.Gathered, one.Withdrawn])),
        new("TCR7", "Fast in and fast out", "Account", [Subject, Threshold, Start, End, Limit, Order], ["numSrc", "numDst", "inOutRatio"],
            (flows, asked, meter) => Row(AccountTurnover.Passing(flows, asked.Subject, asked.Threshold, asked.Window, asked.Cut, meter), one => [one.Sources, one.Targets, one.Ratio])),
        new("TCR8", "Where a loan's money went", "Loan", [Subject, Threshold, Start, End, Limit, Order], ["dstId", "ratio", "minDistanceFromLoan"],
            (flows, asked, meter) => Rows(
                LoanTraces.Downstream(flows, asked.Subject, asked.Threshold, asked.Window, asked.Cut, meter), one => [one.Account, one.Ratio, one.Distance])),
        new("TCR9", "Loans against what an account repaid and passed on", "Account", [Subject, Threshold, Start, End, Limit, Order], ["ratioRepay", "ratioDeposit", "ratioTransfer"],
            (flows, asked, meter) => Row(
                LoanTraces.Ratios(flows, asked.Subject, asked.Threshold, asked.Window, asked.Cut, meter), one => [one.Repaid, one.PaidOut, one.Transferred])),
        new("TCR10", "Likeness of two persons' investments", "Person", [Subject, Other, Start, End], ["jaccardSimilarity"],
            (flows, asked, meter) => Row(PersonalTies.CommonInvestments(flows, asked.Subject, asked.Other, asked.Window, meter), one => [one])),
        new("TCR11", "Loans along a chain of guarantees", "Person", [Subject, Start, End, Limit, Order], ["sumLoanAmount", "numLoans"],
            (flows, asked, meter) => Row(PersonalTies.LoansInChain(flows, asked.Subject, asked.Window, asked.Cut, meter), one => [one.Amount, one.Loans])),
        new("TCR12", "Transfers of a person to companies", "Person", [Subject, Start, End, Limit, Order], ["compAccountId", "sumEdge2Amount"],
            (flows, asked, meter) => Rows(AccountTurnover.ToCompanies(flows, asked.Subject, asked.Window, asked.Cut, meter), one => [one.Account, one.Sum])),
        new("TSR1", "State of an account", "Account", [Subject], ["createTime", "isBlocked", "type"],
            (flows, asked, _) => Row(AccountTurnover.StateOf(flows, asked.Subject), one => [one.OpenedAt, one.Blocked, one.Kind])),
        new("TSR2", "Transfers in and out of an account", "Account", [Subject, Start, End],
            ["sumEdge1Amount", "maxEdge1Amount", "numEdge1", "sumEdge2Amount", "maxEdge2Amount", "numEdge2"],
            (flows, asked, meter) => Row(
                AccountTurnover.Of(flows, asked.Subject, asked.Window, meter), one => [one.OutSum, one.OutMax, one.OutCount, one.InSum, one.InMax, one.InCount])),
        new("TSR3", "Part of transfers in that came from blocked accounts", "Account", [Subject, Threshold, Start, End], ["blockRatio"],
            (flows, asked, meter) => Row(AccountTurnover.BlockedShare(flows, asked.Subject, asked.Threshold, asked.Window, meter), one => [one])),
        new("TSR4", "Where transfers of an account went", "Account", [Subject, Threshold, Start, End], ["dstId", "numEdges", "sumAmount"],
            (flows, asked, meter) => Rows(AccountTurnover.SentTo(flows, asked.Subject, asked.Threshold, asked.Window, meter), one => [one.Account, one.Count, one.Sum])),
        new("TSR5", "Where transfers to an account came from", "Account", [Subject, Threshold, Start, End], ["srcId", "numEdges", "sumAmount"],
            (flows, asked, meter) => Rows(AccountTurnover.ReceivedFrom(flows, asked.Subject, asked.Threshold, asked.Window, meter), one => [one.Account, one.Count, one.Sum])),
        new("TSR6", "Blocked accounts with a source in common", "Account", [Subject, Start, End], ["dstId"],
            (flows, asked, meter) => Rows(AccountTurnover.BlockedBesides(flows, asked.Subject, asked.Window, meter), one => [one])),
    ];

    /// <summary>The question of a code, or null.</summary>
    public static FlowQuestion? Find(string code) => All.FirstOrDefault(question => question.Code.Equals(code, StringComparison.OrdinalIgnoreCase));

    private static IReadOnlyList<object?[]> Rows<T>(ImmutableArray<T> answer, Func<T, object?[]> row) => [.. answer.Select(row)];

    private static IReadOnlyList<object?[]> Row<T>(T? answer, Func<T, object?[]> row) => answer is null ? [] : [row(answer)];
}
