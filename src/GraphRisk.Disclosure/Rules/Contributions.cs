using System.Collections.Immutable;

namespace GraphRisk.Disclosure.Rules;

/// <summary>
/// What each contributor gives to one figure, largest first. A contributor named several times counts once, with all it
/// gives; one that gives nothing is none. Amounts count by their size: what takes away from a sum can be told apart in it
/// as well as what adds to it.
/// </summary>
/// <param name="Amounts">Positive, descending.</param>
public sealed record Contributions(ImmutableArray<decimal> Amounts)
{
    public static Contributions None { get; } = new([]);

    /// <summary>The contributions to a sum.</summary>
    public static Contributions Of<T>(IEnumerable<(T Contributor, decimal Amount)> parts)
        where T : notnull
    {
        var byContributor = new Dictionary<T, decimal>();
        foreach (var (contributor, amount) in parts)
            byContributor[contributor] = byContributor.GetValueOrDefault(contributor) + amount;
        return new Contributions([.. byContributor.Values.Where(amount => amount != 0).Select(Math.Abs).OrderDescending()]);
    }

    /// <summary>How many give something.</summary>
    public int Count => Amounts.Length;

    /// <summary>All of it.</summary>
    public decimal Total => Amounts.Sum();

    /// <summary>The largest; 0 where nobody gives anything.</summary>
    public decimal Largest => Count > 0 ? Amounts[0] : 0m;

    /// <summary>The largest but one; 0 where there is none.</summary>
    public decimal Second => Count > 1 ? Amounts[1] : 0m;
}
