using System.Runtime.CompilerServices;
using GraphQL;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Paging;

/// <summary>
/// How many things an answer may still name. Pages are bounded one by one; nested in one another they multiply, and
/// this bounds the product. Thread-safe.
/// </summary>
internal sealed class ResultBudget
{
    /// <summary>Most edges and list items of one answer.</summary>
    public const int Most = 20_000;

    private static readonly ConditionalWeakTable<RequestContext, ResultBudget> OfRequests = [];
    private int left = Most;

    /// <summary>Takes from the budget of the request.</summary>
    /// <exception cref="Http.TypedError">Not so much is left.</exception>
    public static void Take(IResolveFieldContext context, int count)
    {
        var budget = OfRequests.GetOrAdd(RequestContext.Of(context), static _ => new ResultBudget());
        if (Interlocked.Add(ref budget.left, -count) < 0) throw Problem.TooLarge(Most);
    }
}
