using GraphRisk.Intake.Resolution.Comparison;
using GraphRisk.Intake.Resolution.Weights;

namespace GraphRisk.Intake.Resolution.Decision;

/// <summary>
/// The score of a pair, and the rules around it. Weights add up as if families knew nothing of each other, which is untrue of those who
/// live or work together, and no sum of weights makes one party of two numbers. So, after the families:
/// <list type="bullet">
/// <item><c>household</c>: telephone and address of two whose names differ are one piece of evidence; the weaker is taken back.</item>
/// <item><c>names-differ</c>: those who share what a family or a group shares, but no number of their own, are at most as likely one as two; so are two persons whose names
/// have nothing in common whatever number they share.</item>
/// <item><c>numbers-differ</c>: so are two of whose numbers what shows differs.</item>
/// <item><c>calibration</c>: what verdicts of persons make of odds that none of these rules settled.</item>
/// <item><c>contradiction</c>: what cannot be true of one party takes the odds down to one in a thousand; against a number of a register, to even.</item>
/// </list>
/// Everything in hundredths of a bit.
/// </summary>
/// <param name="Score">The sum of all steps.</param>
/// <param name="Support">The sum before the contradiction.</param>
/// <param name="Household">What the household takes back; 0 or below, as are the following.</param>
/// <param name="Names">What differing names take back.</param>
/// <param name="Numbers">What differing numbers take back.</param>
/// <param name="Calibration">What verdicts of persons add, or take back.</param>
/// <param name="Contradiction">What a contradiction takes back.</param>
/// <param name="IsOfRegister">The records have a number of a register in common.</param>
/// <param name="IsSupported">Something beside the name speaks for one party.</param>
internal readonly record struct PairWeighing(int Score, int Support, int Household, int Names, int Numbers, int Calibration, int Contradiction, bool IsOfRegister, bool IsSupported)
{
    /// <summary>Odds of one in a thousand.</summary>
    private const int Unlikely = -10 * KindModel.Scale;

    /// <summary>Weighs a pair.</summary>
    public static PairWeighing Of(KindModel model, PairLevels levels)
    {
        var (sum, isSupported) = (model.Prior, false);
        for (var family = EvidenceFamily.Number; family < EvidenceFamily.Contradiction; family++)
        {
            var weight = model.WeightOf(levels, family);
            sum += weight;
            isSupported |= weight > 0 && family is not (EvidenceFamily.Name or EvidenceFamily.Form or EvidenceFamily.Sex);
        }

        var name = MeaningOf(model, levels, EvidenceFamily.Name);
        var isOfRegister = MeaningOf(model, levels, EvidenceFamily.Number) == EvidenceMeaning.Register;
        var isShared = IsOfOneHousehold(model, levels);
        var household = isShared ? -Math.Max(0, Math.Min(model.WeightOf(levels, EvidenceFamily.Contact), model.WeightOf(levels, EvidenceFamily.Address))) : 0;
        sum += household;
        var names = (isShared || (model.IsPerson && name == EvidenceMeaning.UnlikeName)) && sum > 0 ? -sum : 0;
        sum += names;
        var numbers = IsOfOtherNumber(model, levels) && sum > 0 ? -sum : 0;
        sum += numbers;
        var calibration = names == 0 && numbers == 0 ? model.Calibration.StepAt(sum) : 0;
        sum += calibration;
        var contradiction = levels.RowOf(EvidenceFamily.Contradiction) < 0 ? 0 : isOfRegister ? Math.Min(0, -sum) : Math.Min(0, Unlikely - sum);
        return new PairWeighing(sum + contradiction, sum, household, names, numbers, calibration, contradiction, isOfRegister, isSupported);
    }

    /// <summary>Whether nothing but the weights of families decided, so that what persons say of such pairs says how good these are.</summary>
    public bool IsOfWeightsAlone => Names == 0 && Numbers == 0 && Contradiction == 0 && !IsOfRegister && IsSupported;

    /// <summary>Whether what two share is what relatives, or firms of one group, share: everything but names and numbers of their own.</summary>
    public static bool IsOfOneHousehold(KindModel model, PairLevels levels) =>
        MeaningOf(model, levels, EvidenceFamily.Name) is EvidenceMeaning.OtherName or EvidenceMeaning.UnlikeName
        && MeaningOf(model, levels, EvidenceFamily.Number) == EvidenceMeaning.Plain && MeaningOf(model, levels, EvidenceFamily.MaskedNumber) != EvidenceMeaning.OwnNumber;

    /// <summary>Whether what shows of their numbers differs.</summary>
    public static bool IsOfOtherNumber(KindModel model, PairLevels levels) => MeaningOf(model, levels, EvidenceFamily.MaskedNumber) == EvidenceMeaning.OtherNumber;

    private static EvidenceMeaning MeaningOf(KindModel model, PairLevels levels, EvidenceFamily family) => levels.Find(model.Table, family)?.Meaning ?? EvidenceMeaning.Plain;
}
