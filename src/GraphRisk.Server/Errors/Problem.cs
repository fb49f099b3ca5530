using GraphRisk.Market.Calendar;
using GraphRisk.Server.Http;

namespace GraphRisk.Server.Errors;

/// <summary>Failures a caller can mend, each with its code.</summary>
internal static class Problem
{
    public const string NotFoundCode = "NOT_FOUND";
    public const string BadInputCode = "BAD_USER_INPUT";
    public const string ConflictCode = "CONFLICT";
    public const string BudgetExceededCode = "BUDGET_EXCEEDED";
    public const string UnavailableCode = "UNAVAILABLE";

    /// <summary>What a field needs on the disk can be neither written nor read, such as the search index on one that is full.</summary>
    public static TypedError DiskFault(string correlationId) => new(
        UnavailableCode, "What this answer needs on the server's disk can be neither written nor read, as when the disk is full; its log says more. Ask again later.", ("correlationId", correlationId));

    /// <summary>Nothing scores.</summary>
    public static TypedError NoModel => Unavailable("model that it can use: none was trained, or its log says what is wrong with the one there is");

    /// <summary>There is nothing of that name, or nothing the viewer may know of: the two are not told apart.</summary>
    public static TypedError NotFound(string what) => new(NotFoundCode, $"There is no {what}, or it is not open to you.");

    /// <summary>An argument says something that cannot be.</summary>
    public static TypedError BadInput(string argument, string reason) =>
        new(BadInputCode, $"'{argument}' {reason}", ("argument", argument));

    /// <summary>The question would cost more than one may.</summary>
    /// <param name="unit">What is spent, in the plural.</param>
    /// <param name="limit">How much of it may be.</param>
    /// <param name="spent">How much was, where the viewer may know.</param>
    public static TypedError BudgetExceeded(string unit, long limit, long? spent)
    {
        // What is counted in the answer shrinks with pages and fields; what is walked and computed for it shrinks with what is asked about.
        var advice = unit is "fields" or "rows" or "bytes" ? "ask for fewer fields or smaller pages, or in several questions" : "ask about fewer days, instants or parties at a time, with narrower conditions, or in several questions";
        var message = $"The question spends more than the {limit} {unit} one may: {advice}.";
        return spent is { } known
            ? new(BudgetExceededCode, message, ("unit", unit), ("limit", limit), ("spent", known))
            : new(BudgetExceededCode, message, ("unit", unit), ("limit", limit));
    }

    /// <summary>The question names more instants than one may.</summary>
    public static TypedError TooManyInstants(int named, long limit) => new(
        BudgetExceededCode, $"The question names {named} different pairs of asOf and knownAt; at most {limit} are answered in one. Fields that mean one instant count once where they name it alike; leaving asOf out counts as one more. Ask for the rest in questions of their own.",
        ("unit", "instants"), ("limit", limit));

    /// <summary>The question would cost far more than one may, so it is not begun.</summary>
    /// <param name="unit">What would be spent, in the plural.</param>
    /// <param name="field">What makes most of it, as <c>Type.field</c>.</param>
    /// <param name="path">The same by its way in the answer.</param>
    /// <param name="hasPages">Whether pages are among it, which need not be full.</param>
    /// <param name="advice">What would pass.</param>
    /// <param name="worst">What it could come to.</param>
    /// <param name="limit">What it may spend.</param>
    /// <param name="leeway">How many times that its worst case may be.</param>
    public static TypedError Hopeless(string unit, string field, string path, bool hasPages, string advice, double worst, long limit, int leeway) => new(
        BudgetExceededCode,
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"The question is not begun: it may spend {limit:N0} {unit}, and {(hasPages ? "with every page full" : "at worst")} it would come to {worst:N0}, more than {leeway} times as much. '{path}' ({field}) makes most of it; {advice}."),
        ("unit", unit), ("field", field), ("path", path), ("limit", limit));

    /// <summary>The store cannot be reached, and the last snapshot does not hold what is asked.</summary>
    public static TypedError StoreUnavailable() => new(
        ErrorCodes.StoreUnavailable, "The store cannot be reached now, and the last snapshot does not answer this question. Ask again later.");

    /// <summary>The store takes no changes now.</summary>
    public static TypedError ChangesRefused() => new(
        ErrorCodes.StoreUnavailable,
        "The store cannot be reached, so changes are refused. Send the command again later: what was recorded before it broke off is kept and not recorded twice.");

    /// <summary>The change would lose what a later program has recorded of the same.</summary>
    public static TypedError RecordedByLater() => new(
        ConflictCode, "A later version of this program has recorded more of what is to be changed than this one knows, and the change would lose it. Nothing was recorded; send the command to a server of the later version.");

    /// <summary>A term of law reaches into a year whose holidays nobody has told.</summary>
    public static TypedError BeyondCalendar(YearWithoutCalendarException error) => Unavailable($"calendar that far ahead: {error.Message} An operator adds a year in calendar.csv of the data folder");

    /// <summary>This server runs without what the question needs.</summary>
    public static TypedError Unavailable(string what) => new(UnavailableCode, $"This server has no {what}.");
}
