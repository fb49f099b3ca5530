using GraphRisk.Matching.Names.Similarity;

namespace GraphRisk.Matching.Names;

/// <summary>
/// The one door to the question whether two names are the same: in any script, of persons, organisations and things. A score says how
/// alike the names are, not whether their bearers are one: namesakes are many, and whoever asks about bearers adds what else is known.
/// Two steps: each name is read into words with roles (<see cref="NameReading"/>), then the readings are held against each other by
/// the rules of their kind: <c>PersonAgreement</c>, <c>OrganisationAgreement</c>, and for Chinese <c>HanPersonName</c> and <c>HanCompanyName</c>.
/// What is known of words is in the tables of <c>Names/Tables</c>. Symmetric. Some tens of microseconds a pair once read.
/// </summary>
public static class NameSimilarity
{
    /// <summary>From this score on two names are likely the same; inclusive.</summary>
    public const double Threshold = 0.7;

    private const double ByAlias = 0.97;

    /// <summary>Several Chinese names have one pinyin.</summary>
    private const double InPinyin = 0.95;

    /// <summary>A Chinese name and words that are another name's syllables.</summary>
    private const double NoReading = 0.3;

    /// <summary>Compares two names as written.</summary>
    public static NameAgreement Compare(string left, string right, NameKind kind) => Compare(NameReading.Of(left, kind), NameReading.Of(right, kind));

    /// <summary>Compares two names read before.</summary>
    public static NameAgreement Compare(NameReading left, NameReading right)
    {
        var best = CompareOne(left, right);
        if (left.Aliases.IsEmpty && right.Aliases.IsEmpty) return best;
        foreach (var one in left.Aliases.IsEmpty ? [left] : left.Aliases)
            foreach (var other in right.Aliases.IsEmpty ? [right] : right.Aliases)
                if (CompareOne(one, other) is var agreement && agreement.Score * ByAlias > best.Score) best = agreement with { Score = agreement.Score * ByAlias };
        return best;
    }

    private static NameAgreement CompareOne(NameReading left, NameReading right)
    {
        if (left.IsMasked || right.IsMasked) return NameAgreement.None;
        var best = NameAgreement.None;
        if (!left.PersonReadings.IsEmpty && !right.PersonReadings.IsEmpty) best = Persons(left, right);
        if (left.Kind == NameKind.Unknown && right.Kind == NameKind.Unknown && !left.IsHan && !right.IsHan) return best;
        var organisations = Organisations(left, right);
        return organisations.Score > best.Score || best.Reason == NameReason.Nothing ? organisations : best;
    }

    private static NameAgreement Persons(NameReading left, NameReading right)
    {
        if (left is { IsHan: true, Person: { } name } && right is { IsHan: true, Person: { } other }) return HanPersonName.Of(name, other);
        var best = NameAgreement.None;
        foreach (var reading in left.PersonReadings)
            foreach (var otherReading in right.PersonReadings)
                if (PersonAgreement.Of(reading, otherReading) is var agreement && (agreement.Score > best.Score || best.Reason == NameReason.Nothing)) best = agreement;
        if (!left.IsHan && !right.IsHan && !best.IsMatch && left.PersonReadings is [var one, ..] && right.PersonReadings is [var two, ..] && Romanisation.Of(one, two) is { Score: > 0 } spelled) return spelled;
        if (left.IsHan != right.IsHan && Chinese(left, right) is { } chinese) best = chinese.Score > best.Score || best.Score >= Threshold && !IsRead(left, right) ? chinese : best;
        return left.IsHan || right.IsHan
            ? best with { Score = best.Score * (left.IsForeign || right.IsForeign ? 1 : InPinyin), Reason = best.Score >= Threshold ? NameReason.SameInLatin : best.Reason }
            : best;
    }

    /// <summary>What a Chinese name and one in Latin words are by spellings other than pinyin; null where neither is a Chinese person's.</summary>
    private static NameAgreement? Chinese(NameReading left, NameReading right)
    {
        var (han, latin) = left.IsHan ? (left, right) : (right, left);
        if (han.Person is not { } name || han.IsForeign || latin.PersonReadings is not [var words, ..]) return null;
        return Romanisation.Of(name, words) is { Score: > 0 } spelled ? spelled : new NameAgreement(NoReading, NameReason.Contradicts, $"{name.Core} / {string.Join(' ', words.Select(word => word.Text))}");
    }

    /// <summary>
    /// Whether what a Chinese name was likened to is a reading of it: the words letter for letter, or with a slip that makes them no syllables of Mandarin. Words that are whole syllables and
    /// others are another name, however few letters apart.
    /// </summary>
    private static bool IsRead(NameReading left, NameReading right)
    {
        var (han, latin) = left.IsHan ? (left, right) : (right, left);
        var words = latin.PersonReadings[0];
        return !words.All(word => PinyinSyllables.Makes(word.Text)) || NameComparison.IsSameInLatin(han.Person!, latin.Person ?? han.Person!);
    }

    private static NameAgreement Organisations(NameReading left, NameReading right)
    {
        if (left.Chinese is { } one && right.Chinese is { } other) return one.Compare(other);
        if (left.Organisation is not { } name || right.Organisation is not { } otherName) return NameAgreement.None;
        // What stands in English for a company limited by shares is often the word for one with limited liability.
        if (left.IsHan != right.IsHan && (name.Form, otherName.Form) is ("LTD", "JSC") or ("JSC", "LTD")) name = name with { Form = null };
        var spelled = OrganisationAgreement.Of(name, otherName);
        if (spelled.IsMatch || (left.Translated ?? right.Translated) is not { } translated) return spelled;
        var meant = left.Translated is null ? OrganisationAgreement.Of(name, Formless(translated, name)) : OrganisationAgreement.Of(Formless(translated, otherName), otherName);
        return meant.Score > spelled.Score ? meant : spelled;
    }

    private static OrganisationName Formless(OrganisationName translated, OrganisationName other) => other.Form is null or "LTD" or "JSC" ? translated with { Form = null } : translated;
}
