namespace GraphRisk.Disclosure.Rules;

/// <summary>
/// Whether a figure that rests on other parties is shown to a viewer: where the viewer is entitled to each part, or where at
/// least three other parties make it up and none of them more than 70%. A viewer can take out of a sum what it may know
/// anyhow, so the rule is held by what is left. A figure to which nobody contributes is nothing, which its band says too.
/// </summary>
public static class OtherPartiesRule
{
    /// <param name="parts">What each other party gives.</param>
    /// <param name="isEntitled">Whether the viewer may know all of a party's part.</param>
    /// <param name="limits">How many parties, how large a share.</param>
    public static bool Shows<T>(
        IReadOnlyCollection<(T Party, decimal Amount)> parts, Func<T, bool> isEntitled, DisclosureLimits limits)
        where T : notnull
    {
        var left = Contributions.Of(parts.Where(part => !isEntitled(part.Party)));
        return left.Count == 0 || (left.Count >= limits.FewestParties && DominanceRule.Holds(left, limits.LargestShare));
    }
}
