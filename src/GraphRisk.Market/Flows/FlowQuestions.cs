using System.Collections.Immutable;
using static GraphRisk.Market.Flows.FlowParameter;
using static GraphRisk.Market.Flows.FlowValue;

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
        new("TCR1", "blockedSignInsDownstream", "Accounts downstream that a blocked medium signed in to",
            "Up to three transfers from the account, each later than the one before. An account is named at each distance at which it is reached; by distance, account, device.",
            "Account", "BlockedSignIn", [Subject, Start, End, Limit, Order],
            [
                new("otherId", "account", Account, "The account."),
                new("accountDistance", "transfers", Count, "Transfers from the account asked about, 1 to 3."),
                new("mediumId", "device", Device, "The device."),
                new("mediumType", "deviceKind", Text, "Its kind as the source writes it, such as PHONE."),
            ],
            (flows, asked, meter) => Rows(FundsTraces.BlockedSignIns(flows, asked.Subject, asked.Window, asked.Cut, meter), one => [one.Account, one.Distance, one.Device, one.DeviceKind])),
        new("TCR2", "loansUpstream", "Loans that feed a person's accounts",
            "Accounts up to three transfers upstream of the person's own, each earlier than the one after, that loans were paid out to; the largest sum of loans first.",
            "Person", "LoanFedAccount", [Subject, Start, End, Limit, Order],
            [
                new("otherId", "account", Account, "The account upstream."),
                new("sumLoanAmount", "loanAmount", Money, "Amounts of the loans paid out to it, each once."),
                new("sumLoanBalance", "loanBalance", Money, "What is still owed of them."),
            ],
            (flows, asked, meter) => Rows(FundsTraces.LoanFedAccounts(flows, asked.Subject, asked.Window, asked.Cut, meter), one => [one.Account, one.LoanAmount, one.LoanBalance])),
        new("TCR3", "shortestTransferPath", "Shortest path of transfers",
            "From the account to the other one; times need not ascend.",
            "Account", null, [Subject, Other, Start, End],
            [
                new("shortestPathLength", "length", Count, "Transfers on the path; 0 from an account to itself, null where there is none."),
            ],
            (flows, asked, meter) => [[TransferPaths.ShortestPath(flows, asked.Subject, asked.Other, asked.Window, meter)]]),
        new("TCR4", "transferCircles", "Three accounts in a circle of transfers",
            "Where the account transferred to the other one, the third accounts that had money from the other and gave money back to the first; the largest sum back first, then the largest sum on.",
            "Account", "TransferCircle", [Subject, Other, Start, End],
            [
                new("otherId", "account", Account, "The third account."),
                new("numEdge2", "transfersBack", Count, "Transfers from it to the first."),
                new("sumEdge2Amount", "sumBack", Money, "Their sum."),
                new("maxEdge2Amount", "largestBack", Money, "The largest of them."),
                new("numEdge3", "transfersOn", Count, "Transfers from the other to it."),
                new("sumEdge3Amount", "sumOn", Money, "Their sum."),
                new("maxEdge3Amount", "largestOn", Money, "The largest of them."),
            ],
            (flows, asked, meter) => Rows(
                TransferPaths.Cycles(flows, asked.Subject, asked.Other, asked.Window, meter),
                one => [one.Account, one.BackCount, one.BackSum, one.BackMax, one.OnCount, one.OnSum, one.OnMax])),
        new("TCR5", "moneyTraces", "Every trace of transfers from a person's accounts",
            "Up to three transfers, each later than the one before, no account twice; parallel transfers make one trace. The longest first.",
            "Person", "MoneyTrace", [Subject, Start, End, Limit, Order],
            [
                new("path", "accounts", Accounts, "The accounts it passes, first one of the person's."),
            ],
            (flows, asked, meter) => Rows(FundsTraces.AllTraces(flows, asked.Subject, asked.Window, asked.Cut, meter), trace => [trace])),
        new("TCR6", "gatheringAccounts", "Withdrawal to a card after many transfers to one",
            "Accounts that withdrew to the card, which is an account, and had more than three transfers in; the largest withdrawals first.",
            "Account", "GatheringAccount", [Subject, Threshold, WithdrawalThreshold, Start, End, Limit, Order],
            [
                new("midId", "account", Account, "The account that gathered."),
                new("sumEdge1Amount", "gathered", Money, "Sum of the transfers into it."),
                new("sumEdge2Amount", "withdrawn", Money, "Sum of the withdrawals from it to the card."),
            ],
            (flows, asked, meter) => Rows(
                AccountTurnover.Gatherings(flows, asked.Subject, asked.Threshold, asked.WithdrawalThreshold, asked.Window, asked.Cut, meter),
                one => [one.Account, one.Gathered, one.Withdrawn])),
        new("TCR7", "passThrough", "Fast in and fast out",
            "How money passes through the account.",
            "Account", null, [Subject, Threshold, Start, End, Limit, Order],
            [
                new("numSrc", "sources", Count, "Accounts it came from."),
                new("numDst", "targets", Count, "Accounts it went to."),
                new("inOutRatio", "inToOut", Money, "Sum in over sum out; null where nothing went out."),
            ],
            (flows, asked, meter) => Row(AccountTurnover.Passing(flows, asked.Subject, asked.Threshold, asked.Window, asked.Cut, meter), one => [one.Sources, one.Targets, one.Ratio])),
        new("TCR8", "loanDownstream", "Where a loan's money went",
            "Accounts up to three transfers or withdrawals downstream of those the loan was paid out to; times need only lie in the window. The farthest first, then the largest part.",
            "Loan", "LoanDownstreamAccount", [Subject, Part, Start, End, Limit, Order],
            [
                new("dstId", "account", Account, "The account."),
                new("ratio", "partOfLoan", Money, "What flowed into it along the traces, over the amount of the loan; null where the loan states none."),
                new("minDistanceFromLoan", "steps", Count, "Fewest steps from the loan, the payout counted: 2 to 4."),
            ],
            (flows, asked, meter) => Rows(
                LoanTraces.Downstream(flows, asked.Subject, asked.Threshold, asked.Window, asked.Cut, meter), one => [one.Account, one.Ratio, one.Distance])),
        new("TCR9", "loanRatios", "Loans against what an account repaid and passed on",
            "Sums of the account over each other.",
            "Account", null, [Subject, Threshold, Start, End, Limit, Order],
            [
                new("ratioRepay", "paidOutToRepaid", Money, "Paid out to it by loans over repaid from it; null where nothing was repaid."),
                new("ratioDeposit", "paidOutToSent", Money, "Paid out to it by loans over transferred from it; null where nothing was."),
                new("ratioTransfer", "receivedToSent", Money, "Transferred to it over transferred from it; null where nothing was."),
            ],
            (flows, asked, meter) => Row(
                LoanTraces.Ratios(flows, asked.Subject, asked.Threshold, asked.Window, asked.Cut, meter), one => [one.Repaid, one.PaidOut, one.Transferred])),
        new("TCR10", "commonInvestments", "Likeness of two persons' investments",
            "Companies that both invested in over those that either did (Jaccard).",
            "Person", null, [Subject, Other, Start, End],
            [
                new("jaccardSimilarity", "likeness", Share, "0 to 1; 0 where neither invested in any."),
            ],
            (flows, asked, meter) => Row(PersonalTies.CommonInvestments(flows, asked.Subject, asked.Other, asked.Window, meter), one => [one])),
        new("TCR11", "guaranteedLoans", "Loans along a chain of guarantees",
            "Loans of all persons that guarantees lead to from the person, to the end of the chain; its own count only where the chain comes back.",
            "Person", null, [Subject, Start, End, Limit, Order],
            [
                new("sumLoanAmount", "amount", Money, "Sum of their amounts."),
                new("numLoans", "loans", Count, "Loans, each once."),
            ],
            (flows, asked, meter) => Row(PersonalTies.LoansInChain(flows, asked.Subject, asked.Window, asked.Cut, meter), one => [one.Amount, one.Loans])),
        new("TCR12", "transfersToCompanies", "Transfers of a person to companies",
            "Companies' accounts that the person's accounts transferred to; the largest sum first.",
            "Person", "CompanyReceipt", [Subject, Start, End, Limit, Order],
            [
                new("compAccountId", "account", Account, "The account of a company."),
                new("sumEdge2Amount", "sum", Money, "Sum of the transfers to it."),
            ],
            (flows, asked, meter) => Rows(AccountTurnover.ToCompanies(flows, asked.Subject, asked.Window, asked.Cut, meter), one => [one.Account, one.Sum])),
        new("TSR1", "accountState", "State of an account",
            "What is known of the account itself.",
            "Account", null, [Subject],
            [
                new("createTime", "openedAt", Instant, "When it was opened; null where the source gives no instant."),
                new("isBlocked", "isBlocked", Truth, "Whether its operator has blocked it; false where nothing is stated."),
                new("type", "kind", Text, "Its kind as the source writes it."),
            ],
            (flows, asked, _) => Row(AccountTurnover.StateOf(flows, asked.Subject), one => [one.OpenedAt, one.Blocked, one.Kind])),
        new("TSR2", "accountTurnover", "Transfers in and out of an account",
            "Sums, largest amounts and counts.",
            "Account", null, [Subject, Start, End],
            [
                new("sumEdge1Amount", "sumSent", Money, "Sum of the transfers out."),
                new("maxEdge1Amount", "largestSent", Money, "The largest of them; null where there is none."),
                new("numEdge1", "transfersSent", Count, "How many they are."),
                new("sumEdge2Amount", "sumReceived", Money, "Sum of the transfers in."),
                new("maxEdge2Amount", "largestReceived", Money, "The largest of them; null where there is none."),
                new("numEdge2", "transfersReceived", Count, "How many they are."),
            ],
            (flows, asked, meter) => Row(
                AccountTurnover.Of(flows, asked.Subject, asked.Window, meter), one => [one.OutSum, one.OutMax, one.OutCount, one.InSum, one.InMax, one.InCount])),
        new("TSR3", "blockedTransfers", "Part of transfers in that came from blocked accounts",
            "By count, of those in the window and above the threshold.",
            "Account", null, [Subject, Threshold, Start, End],
            [
                new("blockRatio", "part", Share, "0 to 1; null where there are no transfers in."),
            ],
            (flows, asked, meter) => Row(AccountTurnover.BlockedShare(flows, asked.Subject, asked.Threshold, asked.Window, meter), one => [one])),
        new("TSR4", "transfersSent", "Where transfers of an account went",
            "The largest sum first.",
            "Account", "TransferCounterpart", [Subject, Threshold, Start, End],
            [
                new("dstId", "account", Account, "The other account."),
                new("numEdges", "transfers", Count, "Transfers between the two, one way."),
                new("sumAmount", "sum", Money, "Their sum."),
            ],
            (flows, asked, meter) => Rows(AccountTurnover.SentTo(flows, asked.Subject, asked.Threshold, asked.Window, meter), one => [one.Account, one.Count, one.Sum])),
        new("TSR5", "transfersReceived", "Where transfers to an account came from",
            "The largest sum first.",
            "Account", "TransferCounterpart", [Subject, Threshold, Start, End],
            [
                new("srcId", "account", Account, "The other account."),
                new("numEdges", "transfers", Count, "Transfers between the two, one way."),
                new("sumAmount", "sum", Money, "Their sum."),
            ],
            (flows, asked, meter) => Rows(AccountTurnover.ReceivedFrom(flows, asked.Subject, asked.Threshold, asked.Window, meter), one => [one.Account, one.Count, one.Sum])),
        new("TSR6", "blockedBeside", "Blocked accounts with a source in common",
            "Blocked accounts that had money from an account from which the one asked about had money too, by account.",
            "Account", "BlockedAccount", [Subject, Start, End],
            [
                new("dstId", "account", Account, "The blocked account."),
            ],
            (flows, asked, meter) => Rows(AccountTurnover.BlockedBesides(flows, asked.Subject, asked.Window, meter), one => [one])),
    ];

    /// <summary>The question of a code, or null.</summary>
    public static FlowQuestion? Find(string code) => All.FirstOrDefault(question => question.Code.Equals(code, StringComparison.OrdinalIgnoreCase));

    private static IReadOnlyList<object?[]> Rows<T>(ImmutableArray<T> answer, Func<T, object?[]> row) => [.. answer.Select(row)];

    private static IReadOnlyList<object?[]> Row<T>(T? answer, Func<T, object?[]> row) => answer is null ? [] : [row(answer)];
}
