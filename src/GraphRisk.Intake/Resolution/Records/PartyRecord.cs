using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Matching.Identifiers;
using GraphRisk.Matching.Names;
using GraphRisk.Matching.Values;

namespace GraphRisk.Intake.Resolution.Records;

/// <summary>
/// What resolution knows of one party record, normalised: all facts of the record together, whenever they hold, since
/// yesterday's name and telephone still tell who it is. Immutable.
/// </summary>
/// <param name="Id">The record's node.</param>
/// <param name="IsPerson">A natural person; otherwise a company. The two are never compared.</param>
public sealed record PartyRecord(NodeId Id, bool IsPerson)
{
    /// <summary>Names of the latest validity; more than one where facts begin together.</summary>
    public ImmutableArray<NormalName> Names { get; init; } = [];

    /// <summary>Former names, aliases, and names of earlier validity.</summary>
    public ImmutableArray<NormalName> OtherNames { get; init; } = [];

    /// <summary>Usable identifiers, each once.</summary>
    public ImmutableArray<IdentifierReading> Identifiers { get; init; } = [];

    /// <summary>Identifiers as publishers masked them.</summary>
    public ImmutableArray<string> MaskedIds { get; init; } = [];

    /// <summary>Days of birth as recorded and as sound identity numbers say; of a company, days of establishment.</summary>
    public ImmutableArray<DateOnly> Beginnings { get; init; } = [];

    /// <summary>The same where no day is known: a year, or a month of one.</summary>
    public ImmutableArray<PartialDay> PartBeginnings { get; init; } = [];

    /// <summary>Sex as recorded or as a sound identity number says; null where unknown or contradictory.</summary>
    public bool? IsMale { get; init; }

    /// <summary>Telephone numbers, digits without the country code of China.</summary>
    public ImmutableArray<string> Phones { get; init; } = [];

    /// <summary>Electronic mail addresses in lower case.</summary>
    public ImmutableArray<string> Emails { get; init; } = [];

    /// <summary>Addresses down to a number, without signs, in simplified characters.</summary>
    public ImmutableArray<string> Addresses { get; init; } = [];

    /// <summary>Provinces, two digits; of companies only.</summary>
    public ImmutableArray<string> Regions { get; init; } = [];

    /// <summary>Provinces of the places that company names start with.</summary>
    public ImmutableArray<string> RegionsInName { get; init; } = [];

    /// <summary>When the latest names began to hold, ticks; the least number where there is none.</summary>
    public long NamedFrom { get; init; } = long.MinValue;

    /// <summary>An anonymous or unknown person of a disclosure statement.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>Anonymous persons and records without a single whole name are never merged.</summary>
    public bool IsMergeable => !IsAnonymous && Names.Any(name => !name.IsMasked);

    /// <summary>All names, the latest first.</summary>
    public ImmutableArray<NormalName> AllNames => OtherNames.IsEmpty ? Names : Names.AddRange(OtherNames);

    /// <summary>The record with what another fact of the same record adds; the order of facts does not matter.</summary>
    public PartyRecord With(PartyRecord other)
    {
        var (newer, older) = NamedFrom >= other.NamedFrom ? (this, other) : (other, this);
        var names = newer.NamedFrom == older.NamedFrom ? Union(newer.Names, older.Names) : newer.Names;
        return this with
        {
            Names = names,
            OtherNames = [.. Union(Union(newer.OtherNames, older.OtherNames), older.Names).Where(name => !names.Contains(name))],
            Identifiers = Union(Identifiers, other.Identifiers),
            MaskedIds = Union(MaskedIds, other.MaskedIds),
            Beginnings = Union(Beginnings, other.Beginnings),
            PartBeginnings = Union(PartBeginnings, other.PartBeginnings),
            IsMale = IsMale is { } male && other.IsMale is { } otherMale && male != otherMale ? null : IsMale ?? other.IsMale,
            Phones = Union(Phones, other.Phones),
            Emails = Union(Emails, other.Emails),
            Addresses = Union(Addresses, other.Addresses),
            Regions = Union(Regions, other.Regions),
            RegionsInName = Union(RegionsInName, other.RegionsInName),
            NamedFrom = newer.NamedFrom,
            IsAnonymous = IsAnonymous || other.IsAnonymous,
        };
    }

    private static ImmutableArray<T> Union<T>(ImmutableArray<T> left, ImmutableArray<T> right) =>
        right.IsEmpty ? left : left.IsEmpty ? right : [.. left.Union(right)];
}
