using System.Buffers;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>Characters that no sound text of a source holds: they are traces of damage.</summary>
internal static class Controls
{
    private static readonly SearchValues<char> Damage = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(c => c is not ('\t' or '\n' or '\r')).Append(0x7F).Append(0xFFFD).Append(0xFFFE).Append(0xFFFF)
            .Concat(Enumerable.Range(0x80, 0x20)).Select(c => (char)c)]);

    /// <summary>Position of the first such character, or -1.</summary>
    public static int FindIn(ReadOnlySpan<char> text) => text.IndexOfAny(Damage);
}
