using System.Collections.Immutable;
using GraphRisk.Matching.Identifiers;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Comparison;

/// <summary>
/// Numbers by which alone two records are one. A number is strong that passes the check of a register which gives one number to one party (resident
/// identity, credit code, LEI), or is a passport's with its country; of such a register two valid numbers are two parties. A number of another
/// column is strong where the data show that the column's numbers are each one party's: hardly any two records that have one in common contradict each
/// other in both name and birth date, and none that have this one do.
/// </summary>
internal sealed class StrongNumbers
{
    /// <summary>Pairs of records of one number that are looked at, of a column and of a number.</summary>
    private const int MostPairs = 3_000, MostOfNumber = 10;

    /// <summary>Records of a number that is one party's, at most, unless a register's check says so.</summary>
    private const int MostHolders = 30;

    /// <summary>Pairs a column needs before it shows anything, and the part of them that may contradict themselves.</summary>
    private const double LeastPairs = 3, MostAgainst = 0.02;

    private static readonly Func<string, IdentifierReading>[] Registers = [ResidentIdentity.Read, UnifiedSocialCreditCode.Read, LegalEntityIdentifier.Read];

    private readonly ImmutableArray<AttributeComparison> comparisons;
    private readonly ImmutableArray<Column> columns;

    /// <param name="table">The records; numbers part them too in columns that are not compared, since no two have one in common.</param>
    /// <param name="comparisons">What is compared.</param>
    public StrongNumbers(RecordTable table, ImmutableArray<AttributeComparison> comparisons)
    {
        this.comparisons = comparisons;
        columns = [.. table.Attributes.Where(attribute => attribute.Kind == AttributeKind.Identifier).Select(attribute => Read(attribute, table.Count)).Where(column => column.Strong.Contains(true))];
        (IsAny, HasRegisters) = (columns.Length > 0, columns.Any(column => column.HasRegisters));
    }

    /// <summary>A column that has strong numbers.</summary>
    /// <param name="Attribute">Its values.</param>
    /// <param name="Registers">By value: the register whose valid number it is, from 1; 0 for none.</param>
    /// <param name="Strong">By value: whether it is strong.</param>
    /// <param name="HasRegisters">Whether any is a valid number of a register.</param>
    private sealed record Column(RecordAttribute Attribute, byte[] Registers, bool[] Strong, bool HasRegisters);

    /// <summary>Whether there is any strong number.</summary>
    public bool IsAny { get; }

    /// <summary>Whether there is any valid number of a register.</summary>
    public bool HasRegisters { get; }

    /// <summary>Whether a value of a column is strong.</summary>
    public bool IsStrong(RecordAttribute attribute, int value)
    {
        foreach (var column in columns)
            if (ReferenceEquals(column.Attribute, attribute)) return column.Strong[value];
        return false;
    }

    /// <summary>Whether two records have two valid numbers of one register and none of it in common.</summary>
    public bool AreInConflict(int left, int right)
    {
        foreach (var column in columns)
            if (column.HasRegisters && AreInConflict(column.Registers, column.Attribute.Of(left), column.Attribute.Of(right))) return true;
        return false;
    }

    /// <summary>Pairs of records that have a strong number in common, as many as hold all of them together.</summary>
    public IEnumerable<(int Left, int Right)> Links(int records)
    {
        foreach (var column in columns)
        {
            var last = new int[column.Strong.Length];
            for (var record = 0; record < records; record++)
                foreach (var value in column.Attribute.Of(record).ToArray())
                {
                    if (!column.Strong[value]) continue;
                    if (last[value] > 0) yield return (last[value] - 1, record);
                    last[value] = record + 1;
                }
        }
    }

    private static bool AreInConflict(byte[] column, ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        var found = false;
        foreach (var one in left)
            foreach (var other in right)
            {
                if (column[one] == 0 || column[one] != column[other]) continue;
                if (one == other) return false;
                found = true;
            }

        return found;
    }

    private Column Read(RecordAttribute attribute, int records)
    {
        var (register, isStrong) = (new byte[attribute.Texts.Length], new bool[attribute.Texts.Length]);
        for (var value = 0; value < register.Length; value++)
        {
            register[value] = RegisterOf(attribute.Texts[value]);
            isStrong[value] = register[value] > 0 || IsPassport(attribute.Texts[value]);
        }

        Show(attribute, isStrong, records);
        return new Column(attribute, register, isStrong, Array.Exists(register, each => each > 0));
    }

    /// <summary>The register whose check a number passes, from 1; 0 for none. A scheme may stand before it, with a colon between.</summary>
    private static byte RegisterOf(string text)
    {
        var number = text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (number.Length is < 18 or > 20) return 0;
        for (var i = 0; i < Registers.Length; i++)
            if (Registers[i](number).Validity == IdentifierValidity.Valid) return (byte)(i + 1);
        return 0;
    }

    private static bool IsPassport(string text) => text.StartsWith($"{PassportNumber.Scheme}:", StringComparison.Ordinal)
        && PassportNumber.Read(text[(PassportNumber.Scheme.Length + 1)..]) is { IsUsable: true } passport && passport.Value.Contains('-', StringComparison.Ordinal);

    /// <summary>Marks the numbers the data show to be one party's.</summary>
    private void Show(RecordAttribute attribute, bool[] isStrong, int records)
    {
        var holders = new List<int>?[isStrong.Length];
        for (var record = 0; record < records; record++)
            foreach (var value in attribute.Of(record))
                if (!isStrong[value] && attribute.FrequencyOf(value) is > 1 and <= MostHolders) (holders[value] ??= []).Add(record);
        var against = new bool[isStrong.Length];
        var (pairs, contradictions) = (0, 0);
        for (var value = 0; value < holders.Length; value++)
        {
            if (holders[value] is not { } group) continue;
            for (var (i, looked) = (1, 0); i < group.Count && looked < MostOfNumber; i++)
                for (var j = 0; j < i && looked < MostOfNumber; j++, looked++)
                {
                    var contradicts = Contradict(group[i], group[j]);
                    against[value] |= contradicts;
                    if (pairs >= MostPairs) continue;
                    pairs++;
                    if (contradicts) contradictions++;
                }
        }

        if (pairs < LeastPairs || contradictions > MostAgainst * pairs) return;
        for (var value = 0; value < holders.Length; value++)
            if (holders[value] is not null && !against[value]) isStrong[value] = true;
    }

    /// <summary>Whether the names of two records have nothing to do with each other, nor have their birth dates where both are known.</summary>
    private bool Contradict(int left, int right)
    {
        var (names, dates) = (false, false);
        foreach (var comparison in comparisons)
        {
            var (isName, isDate) = (Model.Kinship.IsName(comparison.Attribute.Kind), comparison.Attribute.Kind == AttributeKind.BirthDate);
            if ((!isName && !isDate) || LevelOf(comparison, left, right) is not (> 0 and var level)) continue;
            var agrees = level < AttributeComparison.FirstDifferent || comparison.Levels[level].IsNear;
            if (isDate && agrees) dates = true;
            if (isName && agrees) return false;
            names |= isName;
        }

        return names && !dates;
    }

    /// <summary>The closest level of the values of two records; 0 where one says nothing.</summary>
    private static int LevelOf(AttributeComparison comparison, int left, int right)
    {
        var level = 0;
        foreach (var one in comparison.Attribute.Of(left))
            foreach (var other in comparison.Attribute.Of(right))
            {
                var each = one == other ? comparison.Bands[one] : comparison.Judge(one, other);
                if (level == 0 || each < level) level = each;
            }

        return level;
    }
}
