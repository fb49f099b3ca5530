namespace GraphRisk.Matching.Names.Similarity;

/// <summary>
/// How alike two names of organisations in letters are. The words that stand for each other agree to a degree; what is left over counts
/// against them, twice where words of one stand against words of the other. Then the parts that tell the companies of a group apart, each
/// a factor or a cap of a table: another legal form, another number, a trade or place that one of them only has. An acronym is a name
/// of its own kind.
/// </summary>
internal static class OrganisationAgreement
{
    private const double Conflict = 2, Extra = 0.9;

    /// <summary>Caps and factors of what is left over.</summary>
    private const double OtherNumber = 0.4, NumberOfOne = 0.65, YearOfOne = 0.85, PlaceOfOne = 0.8, TradeOfOne = 0.66, PlainOfOne = 0.9, OtherPlace = 0.5, OtherForm = 0.69,
        LooseForm = 0.95, AcronymOfThree = 0.76, LongerAcronym = 0.82, WrittenInOne = 0.97;

    private const int ShortestAcronym = 3, LongestAcronym = 7, ShortestInOne = 6;

    /// <summary>Compares two names.</summary>
    public static NameAgreement Of(OrganisationName left, OrganisationName right)
    {
        if (left.Words.Length == 0 || right.Words.Length == 0) return NameAgreement.None;
        var alignment = WordAlignment.Of(left.Words, right.Words);
        var best = Words(alignment);
        best = Better(best, Acronym(left, right));
        best = Better(best, InOne(left, right));
        return Forms(Numbers(best, left, right), left, right);
    }

    private static NameAgreement Better(NameAgreement one, NameAgreement other) => other.Score > one.Score ? other : one;

    private static NameAgreement Words(WordAlignment alignment)
    {
        var weight = alignment.Pairs.Sum(pair => pair.Weight);
        var (left, right) = (alignment.LeftAlone.ToList(), alignment.RightAlone.ToList());
        if (!alignment.Pairs.Exists(pair => pair.Left.Concat(pair.Right).Any(word => word.Role == WordRole.Name))) return Against(left, right);
        var alike = alignment.Pairs.Sum(pair => pair.Weight * pair.Similarity) / weight;
        var (one, other) = (LeftOver(left), LeftOver(right));
        var score = alike * weight / (weight + (Conflict * Math.Min(one, other)) + (Extra * Math.Abs(one - other)));
        if (Places(left) is { Length: > 0 } place && Places(right) is { Length: > 0 } otherPlace)
            return new NameAgreement(score * OtherPlace, NameReason.Kin, $"{place} / {otherPlace}");
        if (Math.Min(one, other) > 0.3) return Against(left, right) with { Score = score };
        return OfOne(left.Concat(right).ToList(), score, Reason(alignment, alike));
    }

    /// <summary>What one of the names says more than the other.</summary>
    private static NameAgreement OfOne(List<NameWord> more, double score, NameAgreement so)
    {
        if (more.TrueForAll(word => word.Role == WordRole.Particle)) return so with { Score = score };
        var detail = string.Join(' ', more.Select(word => word.Text));
        if (more.Exists(word => word.Role == WordRole.Name)) return new NameAgreement(score, NameReason.Part, detail);
        if (more.Exists(word => word.Role == WordRole.Trade)) return new NameAgreement(Math.Min(score, TradeOfOne), NameReason.Kin, detail);
        if (more.Exists(word => word.Role == WordRole.Place)) score *= PlaceOfOne;
        if (more.Exists(word => word.Role == WordRole.Plain)) score *= PlainOfOne;
        return new NameAgreement(score, NameReason.Part, detail);
    }

    private static double LeftOver(List<NameWord> words) =>
        words.Sum(word => word.Role switch { WordRole.Name or WordRole.Number or WordRole.Initial => word.Weight, WordRole.Trade => word.Weight, WordRole.Plain => 0.05, _ => 0 });

    private static string Places(List<NameWord> words) => string.Join(' ', words.Where(word => word.Role == WordRole.Place).Select(word => word.Text));

    private static NameAgreement Reason(WordAlignment alignment, double alike)
    {
        var worst = alignment.Pairs.MinBy(pair => pair.Similarity);
        var detail = string.Join(", ", alignment.Pairs.Where(pair => pair.Similarity < 1)
            .Select(pair => $"{string.Join(' ', pair.Left.Select(word => word.Text))} = {string.Join(' ', pair.Right.Select(word => word.Text))}"));
        var reason = alike >= 1 ? NameReason.Same : worst.Left[0].Origin != worst.Right[0].Origin ? NameReason.SameInLatin
            : worst.Similarity >= 0.98 ? NameReason.SameWords : worst.Similarity >= 0.82 ? NameReason.Variants : NameReason.Slips;
        return new NameAgreement(alike, reason, detail);
    }

    private static NameAgreement Against(List<NameWord> left, List<NameWord> right) =>
        new(0, NameReason.Contradicts, $"{string.Join(' ', left.Select(word => word.Text))} / {string.Join(' ', right.Select(word => word.Text))}");

    private static NameAgreement Numbers(NameAgreement so, OrganisationName left, OrganisationName right)
    {
        var (one, other) = (left.Numbers.Except(right.Numbers).ToList(), right.Numbers.Except(left.Numbers).ToList());
        if (one.Count == 0 && other.Count == 0) return so;
        var detail = $"{string.Join(' ', one)} / {string.Join(' ', other)}";
        var cap = one.Count > 0 && other.Count > 0 ? OtherNumber : one.Concat(other).All(IsYear) ? YearOfOne : NumberOfOne;
        return so.Score > cap ? new NameAgreement(cap, NameReason.OtherNumber, detail) : so;
    }

    private static bool IsYear(string number) => number.Length == 4 && number[..2] is "18" or "19" or "20";

    private static NameAgreement Forms(NameAgreement so, OrganisationName left, OrganisationName right)
    {
        if (!LegalForms.Differ(left.Form, right.Form)) return so;
        var factor = left.Form == "CORP" || right.Form == "CORP" ? LooseForm : OtherForm;
        return factor == LooseForm ? so with { Score = so.Score * factor } : new NameAgreement(so.Score * factor, so.Score > 0.9 ? NameReason.OtherForm : so.Reason, $"{left.Form} / {right.Form}");
    }

    /// <summary>One is a single word of the first letters of the other's.</summary>
    private static NameAgreement Acronym(OrganisationName left, OrganisationName right) =>
        Better(AcronymOf(left, right), AcronymOf(right, left));

    private static NameAgreement AcronymOf(OrganisationName left, OrganisationName right)
    {
        var letters = left.Words.Where(word => word.Role is WordRole.Name).ToList();
        if (letters is not [var acronym] || acronym.Text.Length is < ShortestAcronym or > LongestAcronym || right.Words.Length < ShortestAcronym) return NameAgreement.None;
        var others = left.Words.Where(word => word.Role is WordRole.Trade).ToList();
        if (others.Count > 0) return NameAgreement.None;
        var all = string.Concat(right.Words.Select(word => word.Text[0]));
        var telling = string.Concat(right.Words.Where(word => word.Role != WordRole.Particle).Select(word => word.Text[0]));
        return acronym.Text == all || acronym.Text == telling
            ? new NameAgreement(acronym.Text.Length == ShortestAcronym ? AcronymOfThree : LongerAcronym, NameReason.Acronym, acronym.Text)
            : NameAgreement.None;
    }

    /// <summary>The same letters written in one word, legal form and all (SiemensAG).</summary>
    private static NameAgreement InOne(OrganisationName left, OrganisationName right)
    {
        if (Math.Min(left.Letters.Length, right.Letters.Length) < ShortestInOne || left.Words.Length > 1 && right.Words.Length > 1) return NameAgreement.None;
        if (left.Letters == right.Letters || string.Concat(left.Words.Select(word => word.Text)) == string.Concat(right.Words.Select(word => word.Text)))
            return new NameAgreement(WrittenInOne, NameReason.SameWords, left.Letters);
        return NameAgreement.None;
    }
}
