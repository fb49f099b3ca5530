using GraphRisk.Server.Http;

namespace GraphRisk.Server.Errors;

/// <summary>Failures a caller can mend, each with its code.</summary>
internal static class Problem
{
    public const string NotFoundCode = "NOT_FOUND";
    public const string BadInputCode = "BAD_USER_INPUT";
    public const string ConflictCode = "CONFLICT";
    public const string TooLargeCode = "RESULT_TOO_LARGE";
    public const string UnavailableCode = "UNAVAILABLE";

    /// <summary>There is nothing of that name, or nothing the viewer may know of: the two are not told apart.</summary>
    public static TypedError NotFound(string what) => new(NotFoundCode, $"There is no {what}, or it is not open to you.");

    /// <summary>An argument says something that cannot be.</summary>
    public static TypedError BadInput(string argument, string reason) =>
        new(BadInputCode, $"'{argument}' {reason}", ("argument", argument));

    /// <summary>The answer would be larger than is served at once.</summary>
    public static TypedError TooLarge(int limit) =>
        new(TooLargeCode, $"The answer would name more than {limit} things: ask for smaller pages.", ("limit", limit));

    /// <summary>The store cannot be reached, and the last snapshot does not hold what is asked.</summary>
    public static TypedError StoreUnavailable() => new(
        ErrorCodes.StoreUnavailable, "The store cannot be reached now, and the last snapshot does not answer this question. Ask again later.");

    /// <summary>The store takes no changes now.</summary>
    public static TypedError ChangesRefused() => new(
        ErrorCodes.StoreUnavailable,
        "The store cannot be reached, so changes are refused. Send the command again later: what was recorded before it broke off is kept and not recorded twice.");

    /// <summary>This server runs without what the question needs.</summary>
    public static TypedError Unavailable(string what) => new(UnavailableCode, $"This server has no {what}.");
}
