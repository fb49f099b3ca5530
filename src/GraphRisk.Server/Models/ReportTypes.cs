using GraphQL.Types;
using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Evaluation;
using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Monitoring;
using GraphRisk.Scoring.Registry;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Score;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Models;

/// <summary>GraphQL types of a model's report.</summary>
internal static class ReportTypes
{
    private static readonly FieldAccess Sum = FieldAccess.Aggregates(Sensitivity.Confidential);

    public static void AddTo(SchemaParts parts)
    {
        parts.Types.Add(Fields.Enum(
            "ModelState", "Where a model stands.",
            ("CHALLENGER", ModelState.Challenger, "Proposed: it may be scored with beside the champion."),
            ("CHAMPION", ModelState.Champion, "In service."),
            ("RETIRED", ModelState.Retired, "Out of use.")));
        parts.Types.Add(Fields.Enum(
            "QuarterPart", "What a quarter is to a model.",
            ("TRAINING", QuarterPart.Training, "It learned from it."),
            ("TEST", QuarterPart.Test, "It was tested on it, out of time."),
            ("OTHER", QuarterPart.Other, "Neither: since, or between them.")));
        parts.Types.Add(Fields.Object(
            "ModelReport", "Validation and monitoring of a model. No client is named; to an analyst a count that too few clients or brokers make up is null.",
            Of<ReportOf>("model", "String!", "Version of the model.", one => one.Report.Model),
            Of<ReportOf>("state", "ModelState!", "Where it stood when the report was made.", one => one.Report.State),
            Of<ReportOf>("asOf", "Date!", "Last day outcomes are known of.", one => one.Report.AsOf),
            Of<ReportOf>("panel", "String", "SHA-256 of the panel it was taught on; null where it is not recorded.", one => one.Report.Card.Data?.Panel),
            Of<ReportOf>("judged", "[Date!]", "Quarters the validation rests on: outcome known, nothing of them learned.", one => one.Report.Judged),
            Of<ReportOf>("validation", "ModelValidation", "How it did there; null where one outcome does not occur.", one => one.Report.Validation is { } found ? new ValidationOf(one, found) : null),
            Of<ReportOf>("quarters", "[ModelQuarter!]", "Quarter by quarter.", one => QuarterOf.Of(one)),
            Of<ReportOf>("featureDrift", "[FeatureDrift!]", "How far each feature moved, the greatest shift first.", one => one.Report.Drift.Select(drift => new DriftOf(one.Report, drift))),
            Of<ReportOf>("rankStability", "[RankStability!]", "How clients' ranks held from quarter to quarter.", one => one.Report.Ranks),
            Of<ReportOf>("migration", "[GradeMove!]", "Moves between grades within a quarter, all quarters together.", one => MoveOf.Of(one)),
            Of<ReportOf>("highRisk", "[HighRiskFate!]", "Those called high-risk and what became of them, by quarter and grade, with all others of the quarter beside.", one => FateOf.Of(one)),
            Of<ReportOf>("beside", "[ModelBeside!]", "This model and the others of the shelf on the judged quarters, the champion first.", one => one.Report.Beside),
            Of<ReportOf>("advised", "[AdvisedDecisions!]", "What people decided with its score before them, by what was recommended; each decision is among caseMoves.", one => AdvisedOf.Of(one)),
            Of<ReportOf>("complaints", "[ComplaintCount!]", "Complaints since the day it was trained, by kind, cause and outcome.", one => ComplaintsOf.Of(one)),
            Of<ReportOf>("decisions", "[ModelDecision!]", "What was decided about it, in order.", one => one.Report.Decisions)));
        AddValidation(parts);
        AddMonitoring(parts);
    }

    private static void AddValidation(SchemaParts parts)
    {
        parts.Types.Add(Fields.Object(
            "Measured", "A figure with its 95% interval.",
            Of<Measured>("value", "Float", "The figure.", one => ScoreTypes.Rounded(one.Value)),
            Of<Measured>("lower", "Float", "Lower end.", one => ScoreTypes.Rounded(one.Lower)),
            Of<Measured>("upper", "Float", "Upper end.", one => ScoreTypes.Rounded(one.Upper))));
        parts.Types.Add(Fields.Object(
            "ModelValidation", "How a model did on quarters it had not learned from. Intervals count client-quarters as independent.",
            Of<ValidationOf>("observations", "Int", "Client-quarters.", one => one.Found.Observations),
            Of<ValidationOf>("defaults", "Int", "Of them defaulted within the horizon.", one => one.Found.Defaults),
            Of<ValidationOf>("auc", "Measured", "Area under the ROC curve (DeLong).", one => one.Found.Auc),
            Of<ValidationOf>("ks", "Measured", "Greatest gap between the outcomes' distributions (bootstrap, as are those that follow).", one => one.Found.Ks),
            Of<ValidationOf>("brier", "Measured", "Mean squared error of the probability.", one => one.Found.Brier),
            Of<ValidationOf>("ece", "Measured", "Expected calibration error over ten bins.", one => one.Found.Ece),
            Of<ValidationOf>("logLoss", "Measured", "Mean logarithmic loss.", one => one.Found.LogLoss),
            Of<ValidationOf>("curve", "[CutOff!]", "Cut-offs from the riskiest down: ROC, KS and gains.", one => one.Found.Curve),
            Of<ValidationOf>("calibration", "[RiskTenth!]", "Tenths from the safest to the riskiest.", one => TenthOf.Of(one))));
        parts.Types.Add(Fields.Object(
            "CutOff", "What lies at or above one cut-off, the riskiest first.",
            Of<CutOff>("share", "Float", "Part of all.", one => ScoreTypes.Rounded(one.Share)),
            Of<CutOff>("caught", "Float", "Part of those that defaulted.", one => ScoreTypes.Rounded(one.Bads)),
            Of<CutOff>("falseAlarms", "Float", "Part of those that did not.", one => ScoreTypes.Rounded(one.Goods))));
        parts.Types.Add(Fields.Object(
            "RiskTenth", "A tenth of the judged client-quarters.",
            Of<TenthOf>("observations", "Int", "Client-quarters in it.", one => one.Tenth.Observations),
            Of<TenthOf>("promised", "Float", "Mean probability.", one => ScoreTypes.Rounded(one.Tenth.MeanProbability)),
            Of<TenthOf>("defaults", "Int", "Of them defaulted within the horizon; null where too few clients make it up.", one => one.Defaults),
            Of<TenthOf>("came", "Measured", "Share that defaulted (Wilson); null where too few make it up.", one => one.Rate),
            Of<TenthOf>("captured", "Float", "Part of all defaults in it and the riskier ones; null where it would give a count of few away.", one => one.ShowsDefaults ? ScoreTypes.Rounded(one.Tenth.Captured) : null),
            Of<TenthOf>("lift", "Float", "That part over the part of client-quarters in them.", one => one.ShowsDefaults ? ScoreTypes.Rounded(one.Tenth.Lift) : null)));
    }

    private static void AddMonitoring(SchemaParts parts)
    {
        parts.Types.Add(Fields.Object(
            "ModelQuarter", "One quarter of a model.",
            Of<QuarterOf>("asOf", "Date!", "Its last day.", one => one.Figures.AsOf),
            Of<QuarterOf>("part", "QuarterPart!", "What it is to the model.", one => one.Figures.Part),
            Of<QuarterOf>("trueToItsDay", "Boolean", "Features are what was known at its close.", one => one.Figures.IsTrueToItsDay),
            Of<QuarterOf>("clients", "Int", "Clients at risk.", one => one.Figures.Clients.Clients),
            Of<QuarterOf>("defaults", "Int", "Of them defaulted within the horizon; null while it runs, and where too few make it up.", one => one.ShowsDefaults ? one.Figures.Defaulted?.Clients : null),
            Of<QuarterOf>("promised", "Float", "Mean probability.", one => ScoreTypes.Rounded(one.Figures.MeanProbability)),
            Of<QuarterOf>("performance", "Performance", "Promise against outcome; null while the horizon runs.", one => one.Figures.Performance),
            Of<QuarterOf>("psi", "Float", "Population stability index of the probability against the training quarters: by custom below 0.10 stable, to 0.25 watch, above it shifted.", one => ScoreTypes.Rounded(one.Figures.Stability))));
        parts.Types.Add(Fields.Object(
            "FeatureDrift", "How far a feature has moved.",
            Of<DriftOf>("feature", "String!", "Stable name.", one => one.Drift.Feature),
            Of<DriftOf>("byQuarter", "[DriftAt!]", "Characteristic stability index by quarter, what is not known a band of its own.", one => one.Report.Quarters.Select((quarter, i) => new DriftAt(quarter.AsOf, one.Drift.ByQuarter[i])))));
        parts.Types.Add(Fields.Object(
            "DriftAt", "One index.",
            Of<DriftAt>("asOf", "Date!", "Last day of the quarter.", one => one.AsOf),
            Of<DriftAt>("csi", "Float", "Against the training quarters; read like a population stability index.", one => ScoreTypes.Rounded(one.Index))));
        parts.Types.Add(Fields.Object(
            "RankStability", "How ranks held between two quarters, of clients at risk in both.",
            Of<RankFigures>("from", "Date!", "The earlier quarter.", one => one.From),
            Of<RankFigures>("to", "Date!", "The later one.", one => one.To),
            Of<RankFigures>("clients", "Int", "Clients compared.", one => one.Clients),
            Of<RankFigures>("spearman", "Float", "Spearman's rho.", one => ScoreTypes.Rounded(one.Spearman)),
            Of<RankFigures>("kendall", "Float", "Kendall's tau-b.", one => ScoreTypes.Rounded(one.Kendall)),
            Of<RankFigures>("sameGrade", "Float", "Part that kept the grade.", one => ScoreTypes.Rounded(one.SameGrade)),
            Of<RankFigures>("farMoved", "Float", "Part that moved by more than one grade.", one => ScoreTypes.Rounded(one.FarMoved))));
        parts.Types.Add(Fields.Object(
            "GradeMove", "Moves from a grade to another within a quarter.",
            Of<MoveOf>("from", "String!", "Grade.", one => one.Move.From),
            Of<MoveOf>("to", "String", "Grade; D for those in default then, null for those no longer at risk.", one => one.Move.To.Length > 0 ? one.Move.To : null),
            Of<MoveOf>("moves", "Int", "How many; null where too few make it up.", one => one.Shows ? one.Move.Clients.Clients : null)));
        parts.Types.Add(Fields.Object(
            "HighRiskFate", "Those given a high-risk grade at the close of a quarter, or all others of it.",
            Of<FateOf>("asOf", "Date!", "Last day of the quarter.", one => one.Fate.AsOf),
            Of<FateOf>("grade", "String", "Grade; null for all others.", one => one.Fate.Grade.Length > 0 ? one.Fate.Grade : null),
            Of<FateOf>("clients", "Int", "How many; null where too few make it up, as are the counts that follow.", one => one.ShowsCalled ? one.Fate.Called.Clients : null),
            Of<FateOf>("promised", "Float", "Mean probability.", one => one.ShowsCalled ? ScoreTypes.Rounded(one.Fate.MeanProbability) : null),
            Of<FateOf>("defaulted", "Int", "Defaulted within the horizon.", one => one.ShowsDefaulted ? one.Fate.Defaulted.Clients : null),
            Of<FateOf>("came", "Float", "Share of them; null while the horizon runs too.", one => ScoreTypes.Rounded(one.Rate)),
            Of<FateOf>("medianDays", "Float", "Days to the default, median.", one => one.ShowsDefaulted ? one.Fate.MedianDays : null),
            Of<FateOf>("cured", "Int", "Of those cured since.", one => one.ShowsCured ? one.Fate.Cured.Clients : null),
            Of<FateOf>("defaultedLater", "Int", "Defaulted after the horizon, as far as is known.", one => one.ShowsLater ? one.Fate.Later.Clients : null),
            Of<FateOf>("isComplete", "Boolean", "The horizon is over.", one => one.Fate.IsComplete)));
        parts.Types.Add(Fields.Object(
            "ModelBeside", "A model of the shelf on the judged quarters.",
            Of<BesideFigures>("version", "String!", "Version.", one => one.Version),
            Of<BesideFigures>("state", "ModelState!", "Where it stands.", one => one.State),
            Of<BesideFigures>("family", "String", "Family.", one => one.Family),
            Of<BesideFigures>("hasLearned", "Int", "How many of the quarters it learned from: its figures flatter it there.", one => one.HasLearned),
            Of<BesideFigures>("auc", "Measured", "Area under the ROC curve.", one => one.Auc),
            Of<BesideFigures>("ks", "Measured", "Kolmogorov-Smirnov.", one => one.Ks),
            Of<BesideFigures>("brier", "Measured", "Mean squared error.", one => one.Brier),
            Of<BesideFigures>("ece", "Measured", "Expected calibration error.", one => one.Ece),
            Of<BesideFigures>("psi", "Float", "Population stability index against its own training quarters, as far as they were read.", one => ScoreTypes.Rounded(one.Stability))));
        parts.Types.Add(Fields.Object(
            "AdvisedDecisions", "Clients about whom the same was decided on the same advice.",
            Of<AdvisedOf>("advice", "String!", "What was recommended: ADMIT, ADMIT_IN_PART, REFER.", one => one.Row.Advice),
            Of<AdvisedOf>("decision", "String!", "What a person did: approve, decline.", one => one.Row.Decision),
            Of<AdvisedOf>("againstAdvice", "Boolean!", "It was decided otherwise than was recommended, in kind, in amount or in rate.", one => one.Row.IsAgainst),
            Of<AdvisedOf>("clients", "Int", "How many; null where too few make it up, as is the count that follows.", one => one.ShowsClients ? one.Row.Clients.Clients : null),
            Of<AdvisedOf>("defaulted", "Int", "Of them defaulted after the decision, as far as is known.", one => one.ShowsDefaulted ? one.Row.Defaulted.Clients : null)));
        parts.Types.Add(Fields.Object(
            "ComplaintCount", "Clients who complained of the same kind of thing, with the same cause and outcome.",
            Of<ComplaintsOf>("about", "ComplaintAbout!", "What about.", one => one.Row.About),
            Of<ComplaintsOf>("cause", "ComplaintCause", "What it was found to be caused by; null while that is not named.", one => one.Row.Cause.Length > 0 ? one.Row.Cause : null),
            Of<ComplaintsOf>("outcome", "String!", "OPEN, UPHELD, REJECTED or WITHDRAWN.", one => one.Row.Outcome),
            Of<ComplaintsOf>("clients", "Int", "How many; null where too few make it up.", one => one.Shows ? one.Row.Clients.Clients : null)));
        parts.Types.Add(Fields.Object(
            "ModelDecision", "A recorded decision about a model; who decided and why stands in the registry.",
            Of<ModelDecision>("at", "DateTime!", "When.", one => one.At),
            Of<ModelDecision>("act", "String!", "What, in words.", one => ModelStanding.NameOf(one.Act)),
            Of<ModelDecision>("byTwo", "Boolean", "One proposed it and another agreed.", one => one.ProposedBy is not null),
            Of<ModelDecision>("card", "String", "SHA-256 of the card it rests on.", one => one.Report)));
    }

    private static FieldType Of<T>(string name, string type, string description, Func<T, object?> read) => Fields.Of(name, type, Sum, description, read);
}
