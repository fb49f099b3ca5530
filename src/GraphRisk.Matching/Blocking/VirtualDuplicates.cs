using System.Collections.Immutable;
using GraphRisk.Matching.Comparison;
using GraphRisk.Matching.Model;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Blocking;

/// <summary>
/// Records of the table and what they might look like delivered a second time: a slip here, a value left out there, names
/// exchanged. Which atoms still agree is a bit for each, so that what a rule would find is an AND of rows. No truth is needed, and
/// what is missing in the table is missing here.
/// </summary>
internal sealed class VirtualDuplicates
{
    /// <summary>Duplicates drawn.</summary>
    public const int Count = 2048;

    private const double Slip = 0.12, Other = 0.04, Left = 0.05, Exchange = 0.04;

    private readonly ulong[][] agree;

    public VirtualDuplicates(ComparisonPlan plan, ImmutableArray<BlockingAtom> atoms, int[] order, Draws draws)
    {
        agree = [.. atoms.Select(_ => new ulong[Count / 64])];
        var columns = plan.Comparisons.Select(comparison => comparison.Attribute).ToArray();
        var (original, again) = (new string?[columns.Length], new string?[columns.Length]);
        var (own, other) = (new List<ulong>(), new List<ulong>());
        for (var duplicate = 0; duplicate < Count; duplicate++)
        {
            Draw(columns, order, original, again, ref draws);
            for (var atom = 0; atom < atoms.Length; atom++)
            {
                KeysOf(atoms[atom], columns, original, own);
                KeysOf(atoms[atom], columns, again, other);
                if (own.Exists(other.Contains)) agree[atom][duplicate / 64] |= 1ul << (duplicate % 64);
            }
        }
    }

    /// <summary>The duplicates whose atom still agrees, as bits.</summary>
    public ReadOnlySpan<ulong> AgreeingOn(int atom) => agree[atom];

    private static void Draw(RecordAttribute[] columns, int[] order, string?[] original, string?[] again, ref Draws draws)
    {
        var record = order[draws.Below(order.Length)];
        for (var column = 0; column < columns.Length; column++)
        {
            original[column] = TextOf(columns[column], record);
            var chance = draws.Share();
            again[column] = chance < Slip ? Slipped(original[column], ref draws)
                : chance < Slip + Other ? TextOf(columns[column], order[draws.Below(order.Length)])
                : chance < Slip + Other + Left ? null
                : original[column];
        }

        if (draws.Share() >= Exchange) return;
        var (given, surname) = (Array.FindIndex(columns, column => column.Kind == AttributeKind.GivenName), Array.FindIndex(columns, column => column.Kind == AttributeKind.Surname));
        if (given >= 0 && surname >= 0) (again[given], again[surname]) = (again[surname], again[given]);
    }

    private static string? TextOf(RecordAttribute column, int record) => column.Of(record) is { IsEmpty: false } values ? column.Texts[values[0]] : null;

    private static string? Slipped(string? text, ref Draws draws)
    {
        if (text is null or { Length: < 2 }) return text;
        var at = draws.Below(text.Length - 1);
        var letter = text[draws.Below(text.Length)];
        return draws.Below(4) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, letter.ToString()),
            2 => string.Concat(text.AsSpan(0, at), text.AsSpan(at + 1, 1), text.AsSpan(at, 1), text.AsSpan(at + 2)),
            _ => string.Concat(text.AsSpan(0, at), letter.ToString(), text.AsSpan(at + 1)),
        };
    }

    private static void KeysOf(BlockingAtom atom, RecordAttribute[] columns, string?[] texts, List<ulong> keys)
    {
        keys.Clear();
        for (var column = 0; column < columns.Length; column++)
            if ((atom.Mask & (1u << column)) != 0 && texts[column] is { } text) KeyParts.Add(atom.Part, text, keys);
    }
}
