using System.Collections.Immutable;
using GraphRisk.Matching.Names;
using GraphRisk.Matching.Screening;

namespace GraphRisk.Cli.Screening;

/// <summary>What lists answer.</summary>
/// <param name="Entries">Number of entries they have.</param>
/// <param name="Asked">Those asked about, in the order of asking; of a question about changes only those with hits.</param>
internal sealed record ScreenAnswer(int Entries, IReadOnlyList<ScreenedName> Asked)
{
    /// <summary>Day as of which lists of the store were asked, YYYY-MM-DD; null where they came from files.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Parties of the store that were looked at; null where somebody else was asked about.</summary>
    public int? PartiesLooked { get; init; }

    /// <summary>Parties that were not, since they are nobody's clients.</summary>
    public int? PartiesPassedOver { get; init; }

    /// <summary>Version of the store from which on changes count; null where all counts.</summary>
    public long? Since { get; init; }

    /// <summary>Version up to which they do.</summary>
    public long? UpTo { get; init; }

    /// <summary>Entries that were not there.</summary>
    public int? NewEntries { get; init; }

    /// <summary>Entries that say something else.</summary>
    public int? ChangedEntries { get; init; }

    /// <summary>Entries that are there no more.</summary>
    public int? RemovedEntries { get; init; }

    /// <summary>The same, telling what changed of the lists; null tells nothing.</summary>
    public ScreenAnswer With(ListChanges? changes) => this with { NewEntries = changes?.Added.Count, ChangedEntries = changes?.Changed.Count, RemovedEntries = changes?.Removed.Count };
}

/// <summary>One asked about.</summary>
/// <param name="Id">Its id in its file or store; empty where it was typed.</param>
/// <param name="Name">Its name.</param>
/// <param name="Hits">Entries it may be, the likeliest first.</param>
internal sealed record ScreenedName(string Id, string Name, IReadOnlyList<ScreenedHit> Hits)
{
    public static ScreenedName Of(string id, string name, ImmutableArray<ScreeningHit> hits) =>
        new(id, name, [.. hits.Select(hit => new ScreenedHit(hit.Entry.Id, hit.Name, hit.Entry.List, hit.Entry.Programme, hit.Entry.Authority, hit.Entry.Reference, hit.Probability, hit.Likeness.Score, hit.Likeness.Reason, hit.Points))]);
}

/// <summary>An entry that one asked about may be.</summary>
/// <param name="Id">Id of the entry.</param>
/// <param name="Name">The one of its names that is most alike.</param>
/// <param name="List">Its list.</param>
/// <param name="Programme">Programme or reason.</param>
/// <param name="Authority">Who keeps the entry.</param>
/// <param name="Reference">Number of the entry.</param>
/// <param name="Probability">That it is the one asked about.</param>
/// <param name="Likeness">How alike the names are, 0 to 1.</param>
/// <param name="Reason">Why.</param>
/// <param name="Points">Reasons, adding up to the logarithm of the odds.</param>
internal sealed record ScreenedHit(string Id, string Name, string List, string? Programme, string? Authority, string? Reference, double Probability, double Likeness, NameReason Reason, ImmutableArray<ScreeningPoint> Points);
