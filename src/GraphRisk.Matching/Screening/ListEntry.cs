using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;
using GraphRisk.Matching.Identifiers;
using GraphRisk.Matching.Names;
using GraphRisk.Matching.Values;

namespace GraphRisk.Matching.Screening;

/// <summary>One person, organisation or thing on a list. Immutable.</summary>
/// <param name="Id">Id within its list, by which a later edition is held against an earlier one.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Names">Its name first, then aliases and former names; at least one.</param>
public sealed record ListEntry(string Id, NameKind Kind, ImmutableArray<string> Names)
{
    /// <summary>Days of birth (of organisations, of establishment) as the list gives them; several where it is not sure.</summary>
    public ImmutableArray<PartialDay> Days { get; init; } = [];

    /// <summary>Nationality, residence, jurisdiction; two letters of ISO 3166-1 in capitals.</summary>
    public ImmutableArray<string> Countries { get; init; } = [];

    /// <summary>Identifiers.</summary>
    public ImmutableArray<IdentifierReading> Identifiers { get; init; } = [];

    /// <summary>Programme or reason; null where none is given.</summary>
    public string? Programme { get; init; }

    /// <summary>Who keeps the entry; null where that is not told.</summary>
    public string? Authority { get; init; }

    /// <summary>Numbers of its entries; null where none is given.</summary>
    public string? Reference { get; init; }

    /// <summary>The lists it stands on; several where one party is entered on several.</summary>
    public ImmutableArray<string> Lists { get; init; } = [];

    /// <summary>The lists in one text.</summary>
    public string List => string.Join("; ", Lists);

    /// <summary>Hash of all it says, whatever the order of its lists: two editions of an entry that say the same have the same.</summary>
    public UInt128 Fingerprint()
    {
        var text = new StringBuilder().Append(Kind).Append('\n').Append(Programme).Append('\n').Append(Authority).Append('\n').Append(Reference).Append('\n').Append(List);
        foreach (var part in (IEnumerable<IEnumerable<string>>)[Names, Days.Select(day => day.ToString()), Countries, Identifiers.Select(identifier => identifier.ToString())])
            text.Append('\n').AppendJoin('\t', part.Order(StringComparer.Ordinal));
        return XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
