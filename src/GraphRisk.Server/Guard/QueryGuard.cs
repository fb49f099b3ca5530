using System.Text;

namespace GraphRisk.Server.Guard;

/// <summary>
/// The linear guard: it decides from the raw bytes of a query, before anything parses, validates or executes it,
/// whether it may go on. A validating executor expands fragments and compares overlapping fields with costs that
/// are exponential and quadratic in the query; the guard bounds those costs at a price linear in its bytes.
///
/// The order is by cheapness: bytes; then tokens, brackets, operations, fragments and directives in one scan
/// (<see cref="QueryScanner"/>); then the memoised costs of fragments (<see cref="FragmentCosts"/>); then the
/// pairs to be merged (<see cref="MergePairs"/>), bounded by what the step before let through.
/// Pure and thread-safe.
/// </summary>
public static class QueryGuard
{
    /// <summary>Inspects a query in UTF-8. Bytes that are not UTF-8 are refused as a syntax error.</summary>
    public static QueryVerdict Inspect(ReadOnlySpan<byte> query, QueryLimits limits)
    {
        if (query.Length > limits.MaxQueryBytes)
            return Refused(QueryRefusal.OverLimit(GuardCodes.QueryTooLarge, "bytes", limits.MaxQueryBytes));
        if (!System.Text.Unicode.Utf8.IsValid(query))
            return Refused(new QueryRefusal(GuardCodes.SyntaxError, "The query is not UTF-8."));
        var (shape, refusal) = QueryScanner.Scan(query, limits);
        if (refusal is not null) return Refused(refusal);
        var (costs, isRoot, unsound) = FragmentCosts.Sum(shape, query);
        refusal = unsound
            ?? OverLimit(Total(costs, isRoot), limits)
            ?? (MergePairs.Exceed(limits.MaxMergePairs, shape, isRoot)
                ? QueryRefusal.OverLimit(GuardCodes.TooManyDuplicates, "fields or fragments to merge in pairs", limits.MaxMergePairs)
                : null);
        return refusal is null ? new QueryVerdict(null, Operations(shape, query)) : Refused(refusal);
    }

    private static QueryVerdict Refused(QueryRefusal refusal) => new(refusal, []);

    private static UnitCost Total(UnitCost[] costs, bool[] isRoot)
    {
        var total = default(UnitCost);
        for (var unit = 0; unit < costs.Length; unit++)
        {
            if (isRoot[unit]) total = total.Plus(costs[unit], 0);
        }
        return total;
    }

    private static QueryRefusal? OverLimit(UnitCost total, QueryLimits limits)
    {
        ReadOnlySpan<(long Found, long Limit, string Code, string What)> bounds =
        [
            (total.Depth, limits.MaxDepth, GuardCodes.TooDeep, "levels of fields"),
            (total.Aliases, limits.MaxAliases, GuardCodes.TooManyAliases, "aliases"),
            (total.Spreads, limits.MaxSpreads, GuardCodes.TooManySpreads, "fragment spreads"),
            (total.Fields, limits.MaxFields, GuardCodes.TooManyFields, "fields"),
        ];
        foreach (var (found, limit, code, what) in bounds)
        {
            if (found > limit) return QueryRefusal.OverLimit(code, what, limit);
        }
        return null;
    }

    private static List<QueryOperation> Operations(QueryShape shape, ReadOnlySpan<byte> query)
    {
        var operations = new List<QueryOperation>();
        foreach (var unit in shape.Units)
        {
            if (unit.Kind == UnitKind.Fragment) continue;
            var (start, length) = unit.Name < 0 ? default : shape.Names[unit.Name];
            var name = unit.Name < 0 ? null : Encoding.ASCII.GetString(query.Slice(start, length));
            operations.Add(new QueryOperation((OperationKind)unit.Kind, name));
        }
        return operations;
    }
}
