using System.Collections.Immutable;
using GraphRisk.Matching.Comparison;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Blocking;

/// <summary>One thing that must agree: a part of the values of a column, or of any of several columns that people exchange.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Part">What of the values.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Mask">Their positions among the comparisons as bits; two atoms of one rule share none.</param>
internal sealed record BlockingAtom(string Name, KeyPart Part, ImmutableArray<RecordAttribute> Columns, uint Mask)
{
    /// <summary>Whether a record has at most one key.</summary>
    public bool IsSingle => Columns.Length == 1 && Columns[0].IsSingle && !KeyParts.IsSeveral(Part);

    /// <summary>Adds the keys of a record, ascending, each once.</summary>
    public void AddKeys(int record, List<ulong> keys)
    {
        keys.Clear();
        foreach (var column in Columns)
            foreach (var value in column.Of(record)) KeyParts.Add(Part, column.Texts[value], keys);
        SortDistinct(keys);
    }

    /// <summary>Puts keys in ascending order, each once.</summary>
    public static void SortDistinct(List<ulong> keys)
    {
        if (keys.Count < 2) return;
        keys.Sort();
        var kept = 1;
        for (var i = 1; i < keys.Count; i++)
            if (keys[i] != keys[kept - 1]) keys[kept++] = keys[i];
        keys.RemoveRange(kept, keys.Count - kept);
    }

    /// <summary>All atoms of the columns compared.</summary>
    public static ImmutableArray<BlockingAtom> Of(ImmutableArray<AttributeComparison> comparisons)
    {
        var atoms = ImmutableArray.CreateBuilder<BlockingAtom>();
        for (var i = 0; i < comparisons.Length; i++)
        {
            var column = comparisons[i].Attribute;
            foreach (var part in KeyParts.Of(column.Kind))
                atoms.Add(new BlockingAtom(part == KeyPart.Whole ? column.Name : $"{column.Name} {Called(part)}", part, [column], 1u << i));
        }

        var names = Enumerable.Range(0, comparisons.Length).Where(i => comparisons[i].Attribute.Kind is AttributeKind.GivenName or AttributeKind.Surname).ToList();
        if (names.Count > 1)
            atoms.Add(new BlockingAtom("any name", KeyPart.Words, [.. names.Select(i => comparisons[i].Attribute)], names.Aggregate(0u, (mask, i) => mask | (1u << i))));
        return atoms.ToImmutable();
    }

    private static string Called(KeyPart part) => part switch
    {
        KeyPart.Sound => "sound",
        KeyPart.Beginning => "beginning",
        KeyPart.Words => "word",
        KeyPart.WordSounds => "word sound",
        KeyPart.Year => "year",
        KeyPart.YearMonth => "month",
        KeyPart.MonthDay => "day",
        KeyPart.FirstHalf => "first half",
        KeyPart.LastHalf => "last half",
        _ => "user",
    };
}

/// <summary>Atoms that must all agree.</summary>
/// <param name="Atoms">In the order of the columns.</param>
/// <param name="Refinements">Further atoms by which a block that is too large is compared, the most particular first.</param>
internal sealed record BlockingRule(ImmutableArray<BlockingAtom> Atoms, ImmutableArray<BlockingAtom> Refinements)
{
    /// <summary>What must agree.</summary>
    public string Name => string.Join(" + ", Atoms.Select(atom => atom.Name));
}
