using System.Collections.Immutable;

namespace GraphRisk.Workflow.Flows;

/// <summary>What a write does.</summary>
public enum FlowWriteKind
{
    /// <summary>Records what the row states, where the accounts and loans it names are there.</summary>
    Add,

    /// <summary>Ends an account with all that hangs on it.</summary>
    RemoveAccount,

    /// <summary>A transfer, unless it closes a circle.</summary>
    TransferUnlessCycle,

    /// <summary>A transfer, unless money passes through both its accounts too fast.</summary>
    TransferUnlessFast,

    /// <summary>A guarantee, unless the chain it lengthens owes too much.</summary>
    GuaranteeUnlessChain,
}

/// <summary>One of the writes of LDBC FinBench's transaction workload.</summary>
/// <param name="Code">Its number, such as TW12.</param>
/// <param name="Title">What it writes.</param>
/// <param name="File">Name of the file with its rows, without extension.</param>
/// <param name="Kind">What it does.</param>
public sealed record FlowWrite(string Code, string Title, string File, FlowWriteKind Kind)
{
    /// <summary>The nineteen writes and three read-writes, in FinBench's order.</summary>
    public static ImmutableArray<FlowWrite> All { get; } =
    [
        new("TW1", "A person", "AddPersonWrite1", FlowWriteKind.Add),
        new("TW2", "A company", "AddCompanyWrite2", FlowWriteKind.Add),
        new("TW3", "A medium", "AddMediumWrite3", FlowWriteKind.Add),
        new("TW4", "An account of a person", "AddPersonOwnAccountWrite4", FlowWriteKind.Add),
        new("TW5", "An account of a company", "AddCompanyOwnAccountWrite5", FlowWriteKind.Add),
        new("TW6", "A loan a person applied for", "AddPersonApplyLoanWrite6", FlowWriteKind.Add),
        new("TW7", "A loan a company applied for", "AddCompanyApplyLoanWrite7", FlowWriteKind.Add),
        new("TW8", "An investment of a person", "AddPersonInvestCompanyWrite8", FlowWriteKind.Add),
        new("TW9", "An investment of a company", "AddCompanyInvestCompanyWrite9", FlowWriteKind.Add),
        new("TW10", "A guarantee between persons", "AddPersonGuaranteePersonWrite10", FlowWriteKind.Add),
        new("TW11", "A guarantee between companies", "AddCompanyGuaranteeCompanyWrite11", FlowWriteKind.Add),
        new("TW12", "A transfer", "AddAccountTransferAccountWrite12", FlowWriteKind.Add),
        new("TW13", "A withdrawal", "AddAccountWithdrawAccountWrite13", FlowWriteKind.Add),
        new("TW14", "A repayment", "AddAccountRepayLoanWrite14", FlowWriteKind.Add),
        new("TW15", "A payout of a loan", "AddLoanDepositAccountWrite15", FlowWriteKind.Add),
        new("TW16", "A sign-in", "AddMediumSigninAccountWrite16", FlowWriteKind.Add),
        new("TW17", "An account removed", "DeleteAccountWrite17", FlowWriteKind.RemoveAccount),
        new("TW18", "An account blocked", "UpdateAccountWrite18", FlowWriteKind.Add),
        new("TW19", "A person blocked", "UpdatePersonWrite19", FlowWriteKind.Add),
        new("TRW1", "A transfer, unless it closes a circle", "AddAccountTransferAccountReadWrite1", FlowWriteKind.TransferUnlessCycle),
        new("TRW2", "A transfer, unless money passes through too fast", "AddAccountTransferAccountReadWrite2", FlowWriteKind.TransferUnlessFast),
        new("TRW3", "A guarantee, unless its chain owes too much", "AddPersonGuaranteePersonReadWrite3", FlowWriteKind.GuaranteeUnlessChain),
    ];

    /// <summary>Whether it reads the newest state before it writes.</summary>
    public bool Reads => Kind is FlowWriteKind.TransferUnlessCycle or FlowWriteKind.TransferUnlessFast or FlowWriteKind.GuaranteeUnlessChain;
}
