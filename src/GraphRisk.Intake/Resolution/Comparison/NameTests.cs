using System.Collections.Immutable;
using GraphRisk.Intake.Resolution.Blocking;
using GraphRisk.Intake.Resolution.Records;
using GraphRisk.Matching.Names;

namespace GraphRisk.Intake.Resolution.Comparison;

/// <summary>Evidence in names. A masked name is none.</summary>
internal static class NameTests
{
    /// <summary>Likeness from which two writings are one name and not only likely.</summary>
    private const double OneName = 0.87;

    /// <summary>The names of today are the same.</summary>
    public static Evidence? Same(PartyRecord left, PartyRecord right, SharedValues shared) =>
        Find(left.Names, right.Names, NameComparison.IsSame);

    /// <summary>A former name or an alias of one is a name of the other.</summary>
    public static Evidence? SameFormer(PartyRecord left, PartyRecord right, SharedValues shared) =>
        Find(left.OtherNames, right.AllNames, NameComparison.IsSame) ?? Find(left.AllNames, right.OtherNames, NameComparison.IsSame);

    /// <summary>The names are the same once both are in Latin letters, and at least one was written so.</summary>
    public static Evidence? SameInLatin(PartyRecord left, PartyRecord right, SharedValues shared) =>
        Find(left.AllNames, right.AllNames, NameComparison.IsSameInLatin);

    /// <summary>The names are Chinese, of a person, and sound alike: one was written by ear.</summary>
    public static Evidence? SameSounding(PartyRecord left, PartyRecord right, SharedValues shared) =>
        Find(left.AllNames, right.AllNames, NameComparison.IsSameSounding);

    /// <summary>
    /// One name in two writings: nicknames, middle names, transliterations, slips (<see cref="NameSimilarity"/>). At least one is written in Latin letters;
    /// two Chinese names are one where their characters are.
    /// </summary>
    public static Evidence? Variant(PartyRecord left, PartyRecord right, SharedValues shared) =>
        Find(left.AllNames, right.AllNames, (one, other) => MayBeVariants(one, other) && SimilarityOf(left.IsPerson, one, other) >= OneName);

    /// <summary>The names are one slip apart.</summary>
    public static Evidence? Similar(PartyRecord left, PartyRecord right, SharedValues shared) =>
        Find(left.AllNames, right.AllNames, NameComparison.IsSimilar);

    /// <summary>The names have nothing in common. Asked where no row above found anything.</summary>
    public static Evidence? Different(PartyRecord left, PartyRecord right, SharedValues shared) =>
        Find(left.AllNames, right.AllNames, (_, _) => true) is { } names && !SharesSurname(left, right) ? names : null;

    /// <summary>The surname, or of Latin names a word, is the same: names are changed, surnames seldom. Asked where no row above found anything.</summary>
    public static Evidence? DifferentGiven(PartyRecord left, PartyRecord right, SharedValues shared) => Find(left.AllNames, right.AllNames, HaveSurname);

    /// <summary>
    /// The same registered name, letter for letter, starting with a place that neither record's region contradicts. Within
    /// the division it names such a name is unique by law, which no person's name is.
    /// </summary>
    public static Evidence? SameRegisteredName(PartyRecord left, PartyRecord right, SharedValues shared)
    {
        var places = left.RegionsInName.Intersect(right.RegionsInName, StringComparer.Ordinal).ToList();
        if (!places.Exists(place => Allows(left, place) && Allows(right, place))) return null;
        return Find(left.Names, right.Names, (one, other) =>
            NameComparison.IsSame(one, other) && one.Form == other.Form && PlaceNames.ProvinceOf(one.Core) is not null && NameComparison.IsSameLetters(one, other));

        static bool Allows(PartyRecord record, string place) => record.Regions.IsEmpty || record.Regions.Contains(place, StringComparer.Ordinal);
    }

    /// <summary>The same core under two legal forms.</summary>
    public static Evidence? DifferentForm(PartyRecord left, PartyRecord right, SharedValues shared) =>
        Find(left.Names, right.Names, (one, other) => NameComparison.IsSame(one, other) && LegalForms.Differ(one.Form, other.Form));

    private static double SimilarityOf(bool arePersons, NormalName left, NormalName right) =>
        NameSimilarity.Compare(left.Written, right.Written, arePersons ? NameKind.Person : NameKind.Organisation).Score;

    /// <summary>Whether a word of the one is in the other's Latin letters, so that a closer look is worth its cost.</summary>
    private static bool MayBeVariants(NormalName left, NormalName right) => !(left.IsHan && right.IsHan) && (HasWordOf(left, right) || HasWordOf(right, left));

    private static bool HasWordOf(NormalName left, NormalName right)
    {
        if (left.IsHan) return false;
        foreach (var word in left.Core.AsSpan().Split(' '))
            if (left.Core.AsSpan(word) is { Length: > 1 } letters)
                foreach (var reading in right.Latin)
                    if (reading.AsSpan().Contains(letters, StringComparison.Ordinal)) return true;
        return false;
    }

    private static bool SharesSurname(PartyRecord left, PartyRecord right) => Find(left.AllNames, right.AllNames, HaveSurname) is not null;

    private static bool HaveSurname(NormalName left, NormalName right) =>
        left.IsHan && right.IsHan ? SurnameOf(left) is { } surname && surname == SurnameOf(right) : MayBeVariants(left, right);

    private static string? SurnameOf(NormalName name) => name.SurnameLength > 0 ? name.Core[..name.SurnameLength] : null;

    private static Evidence? Find(ImmutableArray<NormalName> left, ImmutableArray<NormalName> right, Func<NormalName, NormalName, bool> fits)
    {
        foreach (var one in left)
            foreach (var other in right)
                if (!one.IsMasked && !other.IsMasked && fits(one, other))
                    return new Evidence(one.Written, other.Written);
        return null;
    }
}
