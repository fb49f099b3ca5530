using GraphRisk.Graph.Facts;
using GraphRisk.Market.Calendar;
using GraphRisk.Market.Lending;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Workflow.Recovery;

/// <summary>
/// What a margin call asks for. A ratio at or below the call line is called; at or below the closing line the day to top up is the same day. What restores the line is the ratio of
/// <see cref="MarginLines.TopUp"/> for a margin contract, for others, whose lines are per agreement, the call line; never less than the call line. The amount is rounded up to the
/// fen; where the line to restore is the call line itself it is what brings the ratio above it, since at the line the contract is called.
/// </summary>
/// <param name="Contract">Node of the contract.</param>
/// <param name="CalledOn">Day at whose close the ratio was at or below the line.</param>
/// <param name="Coverage">Collateral and debt then.</param>
/// <param name="CallLine">The line that was touched.</param>
/// <param name="RestoreTo">The line to restore.</param>
/// <param name="DueOn">Last day to top up.</param>
/// <param name="Consequence">What follows.</param>
public sealed record CallTerms(int Contract, DateOnly CalledOn, Coverage Coverage, decimal CallLine, decimal RestoreTo, DateOnly DueOn, CallConsequence Consequence)
{
    private const decimal Fen = 0.01m;

    /// <summary>The terms of a contract that is at or below its call line; null where it is above, has none, or owes nothing.</summary>
    /// <param name="contract">The contract as it stands on the day.</param>
    /// <param name="lines">Its broker's lines.</param>
    /// <param name="policy">Its broker's terms.</param>
    /// <param name="day">The day.</param>
    /// <param name="calendar">Trading days.</param>
    /// <exception cref="YearWithoutCalendarException">The day to top up lies in a year without calendar.</exception>
    public static CallTerms? Of(Contract contract, MarginLines lines, RecoveryPolicy policy, DateOnly day, WorkingCalendar calendar) =>
        contract is { IsOutstanding: true, IsBelowCallLine: true, CallLine: { } line }
            ? new CallTerms(
                contract.Node, day, contract.Coverage, line, RestoreOf(contract, lines),
                contract.IsBelowClosingLine ? day : calendar.AfterTradingDays(day, lines.DaysToTopUp), policy.Consequences[contract.Kind])
            : null;

    /// <summary>Whether the line of a contract stands restored.</summary>
    public static bool IsRestored(Contract contract, decimal restoreTo) => !contract.IsBelowCallLine && contract.Coverage.TopUpTo(restoreTo) == 0m;

    /// <summary>What has to be added, yuan.</summary>
    public decimal Amount => Coverage.TopUpTo(RestoreTo) is var exact && RestoreTo > CallLine ? Math.Ceiling(exact / Fen) * Fen : (Math.Floor(exact / Fen) + 1) * Fen;

    /// <summary>The call as a case that opens.</summary>
    public CaseOpening ToOpening(CaseParties parties, NodeId contract) => new(
        parties,
        Properties.Of(
            ("calledOn", PropertyValue.Of(CalledOn)), ("ratio", PropertyValue.Of(decimal.Round(Coverage.Ratio!.Value, 12))), ("callLine", PropertyValue.Of(CallLine)),
            ("restoreTo", PropertyValue.Of(RestoreTo)), ("amount", PropertyValue.Of(Amount)), ("dueOn", PropertyValue.Of(DueOn)), ("consequence", PropertyValue.OfEnum(Consequence.ToString().ToUpperInvariant()))),
        [("CALLS", contract, Properties.None)]);

    /// <summary>What the program adds to a move of a call: an extension's new last day.</summary>
    public static Properties Computed(FiledCase filed, MoveAsked asked, MarginLines lines, WorkingCalendar calendar) =>
        asked.Move == "extend" && filed.Content.TryGet("dueOn", out var due) ? Properties.Of(("dueOn", PropertyValue.Of(calendar.AfterTradingDays(due.AsDate(), lines.DaysToTopUp)))) : Properties.None;

    private static decimal RestoreOf(Contract contract, MarginLines lines) =>
        contract.Kind == ContractKind.Margin ? Math.Max(lines.TopUp, contract.CallLine!.Value) : contract.CallLine!.Value;
}
