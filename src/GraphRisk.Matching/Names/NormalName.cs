using System.Collections.Immutable;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace GraphRisk.Matching.Names;

/// <summary>A name in the forms it is compared in.</summary>
/// <param name="Written">As the source writes it.</param>
/// <param name="Core">
/// What must be equal for the names to be the same: simplified characters without signs, or Latin words (a person's
/// in alphabetical order, since sources differ in which comes first); without the legal form of a company.
/// </param>
/// <param name="Latin">Readings in Latin letters in one word each, as written or in pinyin.</param>
/// <param name="Form">Legal form as a code of <see cref="LegalForms"/>; null where the name shows none.</param>
/// <param name="IsHan">The core is Chinese.</param>
/// <param name="IsMasked">A part is hidden; the name says nothing of who is meant.</param>
public sealed record NormalName(
    string Written, string Core, ImmutableArray<string> Latin, string? Form, bool IsHan, bool IsMasked)
{
    /// <summary>Number of characters of a Chinese surname; 0 for other names.</summary>
    public int SurnameLength { get; init; }

    /// <summary>Hash of the core; equal cores have equal keys.</summary>
    public ulong CoreKey => XxHash64.HashToUInt64(MemoryMarshal.AsBytes(Core.AsSpan()));

    /// <summary>
    /// Hashes of the letters of each reading in alphabetical order: one for any order and splitting of the words. Not
    /// equality: different names may share it. Computed at each call.
    /// </summary>
    public IEnumerable<ulong> LetterKeys => Latin.Select(LetterKeyOf).Distinct();

    /// <summary>Names are equal where they are written alike; all else follows from that.</summary>
    public bool Equals(NormalName? other) => other is not null && string.Equals(Written, other.Written, StringComparison.Ordinal);

    public override int GetHashCode() => Written.GetHashCode(StringComparison.Ordinal);

    private static ulong LetterKeyOf(string latin)
    {
        Span<char> letters = latin.Length <= 256 ? stackalloc char[latin.Length] : new char[latin.Length];
        latin.CopyTo(letters);
        letters.Sort();
        return XxHash64.HashToUInt64(MemoryMarshal.AsBytes(letters));
    }
}
