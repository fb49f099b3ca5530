using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.ExceptionServices;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Models.Scorecards;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Evaluation;

/// <summary>
/// Every family of models on one labelled table: reads what its columns are, splits the rows once, and gives each family the
/// same matrices. Nothing of a judged row reaches the model that judges it: levels, bins, scales, settings and calibration
/// are of the training rows alone, and rows alike in every cell, or of one client, stay on one side.
/// </summary>
public static class TableEvaluation
{
    /// <param name="clock">Measures how long training takes; nothing else depends on it.</param>
    /// <exception cref="EvaluationException">The table cannot be evaluated as asked.</exception>
    public static EvaluationReport Run(LabelledTable table, EvaluationRequest request, TimeProvider clock)
    {
        foreach (var name in request.Mapping.Columns.Keys) table.Column(name);
        var targetColumn = table.Column(request.Target);
        var target = TargetReading.Of(targetColumn, request.Mapping.Bad);
        var notes = new List<string>();
        if (target.Rows.Length < table.Rows) notes.Add(Invariant($"{table.Rows - target.Rows.Length} rows without an outcome are left out"));
        var time = request.Time is null ? null : table.Column(request.Time);
        var id = request.Id is null ? ClientOf(table, request, target.Rows, notes) : table.Column(request.Id);
        RequireApart(targetColumn, time, id, request.Mapping);
        var (rows, timeOf) = WithTime(target.Rows, time, notes);

        var reader = new ColumnReader(request.Mapping, target.Bad, rows);
        ColumnFinding[] findings = [.. table.Columns.Select(column =>
            column == targetColumn ? reader.Read(column) with { Kind = ColumnKind.Target, Note = null }
            : column == time ? reader.Read(column) with { Kind = ColumnKind.Time, Note = null }
            : column == id ? reader.Read(column) with { Kind = ColumnKind.Identifier, Note = time is null ? "rows of one value stay together" : "rows of one value stay together where folds calibrate; over time a client is judged again" }
            : reader.Read(column))];
        var inputs = Enumerable.Range(0, findings.Length).Where(i => findings[i].Kind is ColumnKind.Number or ColumnKind.Category or ColumnKind.Date).ToArray();
        if (inputs.Length == 0) throw new EvaluationException("no column is left to learn from: " + string.Join("; ", findings.Select(one => $"{one.Name} is {one.Kind}")));
        ColumnCells[] columns = [.. inputs.Select(i => table.Columns[i])];
        ColumnFinding[] found = [.. inputs.Select(i => findings[i])];

        if (reader.RowOrderAuc is var sorted and >= ColumnReader.SortedAuc)
            notes.Add(Invariant($"the rows are sorted by the outcome (the row number alone ranks it with AUC {sorted:0.000}); no model is given the row number, and folds are dealt by the seed"));
        var likeness = Likeness(columns, target.Bad, rows, keepsTogether: id is null && time is null, notes);
        var groups = id is null ? likeness : GroupsOf(id, rows);
        var together = id is null ? "rows alike in every input and the outcome, which stay together," : $"rows of one '{id.Name}', which stay together,";
        var plan = timeOf is null
            ? EvaluationPlan.ByFolds(rows, target.Bad, groups, request.Seed, together)
            : EvaluationPlan.OutOfTime(rows, target.Bad, timeOf, time!.Name, groups, request.Seed, together);
        if (plan.Note is { } note) notes.Add(note);
        if (time is not null) NameBothSides(plan.Parts[0], id, likeness, notes);
        var (models, seconds) = Judge(plan, columns, found, target.Bad, groups, request, clock, notes);
        return new EvaluationReport(
            new TableFigures(
                rows.Length, inputs.Length, target.BadValue, target.GoodValue, target.Why, (double)rows.Count(row => target.Bad[row]) / rows.Length,
                plan.Parts.Sum(part => part.Test.Length)),
            plan.Description, findings, notes, models, PointsOfAll(columns, found, target.Bad, rows, groups, request.Seed), seconds);
    }

    /// <summary>The outcome is no client and no time, and is not left out.</summary>
    private static void RequireApart(ColumnCells target, ColumnCells? time, ColumnCells? id, TableMapping mapping)
    {
        if (id == target) throw new EvaluationException($"'{target.Name}' is the target and cannot be the id: its values would keep all bad rows in one fold");
        if (time == target) throw new EvaluationException($"'{target.Name}' is the target and cannot be the time");
        if (mapping.Columns.GetValueOrDefault(target.Name)?.Kind is { } kind and (ColumnKind.Ignored or ColumnKind.Identifier or ColumnKind.Date))
            throw new EvaluationException($"the mapping reads the target '{target.Name}' as {(kind == ColumnKind.Ignored ? "ignore" : kind == ColumnKind.Date ? "date" : "id")}: take it out of the mapping, or name another target");
    }

    private static (IReadOnlyList<ModelEvaluation> Models, IReadOnlyDictionary<string, double> Seconds) Judge(
        EvaluationPlan plan, ColumnCells[] columns, ColumnFinding[] found, bool[] bad, ulong[] groups, EvaluationRequest request, TimeProvider clock,
        List<string> notes)
    {
        ModelFamily[] families = [.. request.Families.Where(family => !family.NeedsLinks)];
        foreach (var family in request.Families.Where(family => family.NeedsLinks))
            notes.Add($"{family.Name} is left out: it propagates over links between clients, and a table has none; without them it is no other than mlp");
        var trials = families.Select(_ => new FamilyTrial[plan.Parts.Count]).ToArray();
        var unseen = new ConcurrentDictionary<int, int>();
        void Try(int p)
        {
            var part = plan.Parts[p];
            var encoder = TableEncoder.Fit(columns, found, part.Train);
            TrainingSet SetOf(int[] of) => new(encoder.Encode(of), [.. of.Select(row => bad[row])], encoder.Inputs);
            var encoded = new EncodedPart(
                SetOf(part.Train), [.. part.Train.Select(row => groups[row])], part.Window.Length == 0 ? null : SetOf(part.Window),
                encoder.Encode(part.Test), [.. part.Test.Select(row => bad[row])]);
            for (var column = 0; column < columns.Length; column++)
            {
                var count = encoder.CountUnseen(column, part.Test);
                unseen.AddOrUpdate(column, count, (_, before) => before + count);
            }
            for (var f = 0; f < families.Length; f++) trials[f][p] = FamilyTrial.Run(families[f], encoded, request.Seed, clock);
        }
        try
        {
            Parallel.For(0, plan.Parts.Count, new ParallelOptions { MaxDegreeOfParallelism = request.Parallelism }, Try);
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.Flatten().InnerExceptions[0]);
        }
        foreach (var (column, count) in unseen.Where(one => one.Value > 0).OrderBy(one => one.Key))
            notes.Add(Invariant($"{columns[column].Name}: {count} judged cells hold a level that training had not seen; they count as rare, or as not known"));
        foreach (var family in families.Where(family => plan.Parts.Max(part => part.Train.Length) > family.MaximumRows))
            notes.Add(Invariant($"{family.Name} learns from a sample of {family.MaximumRows} rows"));
        return ([.. families.Select((family, f) => Sum(family.Name, trials[f], [.. columns.Select(column => column.Name)], request.Seed))],
            families.Select((family, f) => (family.Name, Seconds: trials[f].Sum(trial => trial.Seconds))).ToDictionary(one => one.Name, one => Math.Round(one.Seconds, 3)));
    }

    private static ModelEvaluation Sum(string name, FamilyTrial[] trials, string[] inputs, int seed)
    {
        double[] probabilities = [.. trials.SelectMany(trial => trial.Probabilities)];
        bool[] bad = [.. trials.SelectMany(trial => trial.Bad)];
        Interval[] intervals = [.. trials.SelectMany(trial => trial.Intervals)];
        var (auc, interval) = DeLongInterval.Of(trials.Select(trial => (trial.Margins, trial.Bad)));
        var performance = Performance.Of(probabilities, bad);
        var bootstrap = BootstrapIntervals.Of(probabilities, bad, seed);
        return new ModelEvaluation(
            name, [.. trials.Select(trial => trial.Settings)], [.. trials.Select(trial => trial.Calibration)], trials[0].Traits,
            Measured.Of(auc, interval), [.. trials.Select(trial => AreaUnderCurve.Compute(trial.Margins, trial.Bad))],
            Measured.Of(performance.Ks!.Value, bootstrap.Ks), Measured.Of(performance.Brier, bootstrap.Brier),
            Measured.Of(performance.CalibrationError, bootstrap.CalibrationError), Measured.Of(performance.LogLoss, bootstrap.LogLoss),
            BinsOf(probabilities, intervals, bad), trials.Max(trial => trial.RowsLearned), trials.Max(trial => trial.AdditivityError),
            trials.Average(trial => trial.ContributionError),
            [.. inputs.Select((input, i) => new InputWeight(input, trials.Average(trial => trial.InputWeights[i])))
                .OrderByDescending(input => input.MeanContribution).ThenBy(input => input.Input, StringComparer.Ordinal)]);
    }

    private static BinWithInterval[] BinsOf(double[] probabilities, Interval[] intervals, bool[] bad)
    {
        var order = Outcomes.OrderByRisk(probabilities);
        var first = 0;
        return [.. CalibrationBins.Compute(probabilities, bad).Select(bin =>
        {
            var members = order.AsSpan(first, bin.Count).ToArray();
            first += bin.Count;
            return new BinWithInterval(
                bin.Count, bin.MeanProbability, members.Average(i => intervals[i].Lower), members.Average(i => intervals[i].Upper), bin.DefaultRate);
        })];
    }

    private static PointsTable PointsOfAll(ColumnCells[] columns, ColumnFinding[] found, bool[] bad, int[] rows, ulong[] groups, int seed)
    {
        var encoder = TableEncoder.Fit(columns, found, rows);
        var set = new TrainingSet(encoder.Encode(rows), [.. rows.Select(row => bad[row])], encoder.Inputs);
        var fitted = Training.FittedModel.ByFolds(
            ModelFamilies.Named(ScorecardFamily.FamilyName), set, Folds.Stratified(set.Bad, 5, seed, [.. rows.Select(row => groups[row])]), 1, seed);
        return ((Scorecard)fitted.Model).Points(new ScorecardScaling());
    }

    /// <summary>Rows whose time is known, and the time of each.</summary>
    private static (int[] Rows, Func<int, double>? TimeOf) WithTime(int[] rows, ColumnCells? time, List<string> notes)
    {
        if (time is null) return (rows, null);
        var timeOf = ColumnReader.Days(time);
        int[] dated = [.. rows.Where(row => double.IsFinite(timeOf(row)))];
        if (dated.Length == 0)
            throw new EvaluationException($"time '{time.Name}' is neither a date nor a number in any row, such as '{time.Text(rows[0])}'");
        if (dated.Length < rows.Length) notes.Add(Invariant($"{rows.Length - dated.Length} rows without a readable time in '{time.Name}' are left out"));
        return (dated, timeOf);
    }

    /// <summary>A key per row of the table that rows alike in every input and in the outcome share.</summary>
    private static ulong[] Likeness(ColumnCells[] columns, bool[] bad, int[] rows, bool keepsTogether, List<string> notes)
    {
        var keys = new ulong[bad.Length];
        foreach (var row in rows)
        {
            var key = bad[row] ? 1UL : 2UL;
            foreach (var column in columns)
                key = Mix(key, column.Word(row) >= 0 ? (ulong)column.Word(row) : (ulong)BitConverter.DoubleToInt64Bits(column.Number(row)) | 1UL << 63);
            keys[row] = key;
        }
        var alike = rows.Length - rows.Select(row => keys[row]).Distinct().Count();
        if (alike > 0) notes.Add(Invariant($"{alike} rows repeat another in every input and the outcome{(keepsTogether ? "; folds keep them together" : "")}"));
        return keys;
    }

    /// <summary>The one column that is called like the client and says several rows are of one, where the user named none; null where none or several are.</summary>
    private static ColumnCells? ClientOf(LabelledTable table, EvaluationRequest request, int[] rows, List<string> notes)
    {
        ColumnCells[] called = [.. table.Columns.Where(column => column.Name != request.Target && column.Name != request.Time
            && request.Mapping.Columns.GetValueOrDefault(column.Name)?.Kind is null && ColumnReader.IsNamedClient(column, rows)
            && rows.Select(column.Text).Distinct(StringComparer.Ordinal).Count() < rows.Length)];
        if (called is not [var client]) return null;
        notes.Add($"'{client.Name}' is taken for the client, as if named by --id; a mapping of its kind says otherwise");
        return client;
    }

    /// <summary>What of the judged rows was seen in teaching: the same clients earlier, which is no leak but flatters, and the same rows, which is one.</summary>
    private static void NameBothSides(EvaluationPart part, ColumnCells? id, ulong[] likeness, List<string> notes)
    {
        int[] teaching = [.. part.Train, .. part.Window];
        var seen = teaching.Select(row => likeness[row]).ToHashSet();
        var repeated = part.Test.Count(row => seen.Contains(likeness[row]));
        if (repeated > 0) notes.Add(Invariant($"{repeated} of {part.Test.Length} judged rows repeat an earlier one, that teaches, in every input and the outcome: figures flatter where these are copies"));
        if (id is null) return;
        var known = teaching.Select(id.Text).ToHashSet(StringComparer.Ordinal);
        var again = part.Test.Count(row => id.Text(row).Length > 0 && known.Contains(id.Text(row)));
        if (again > 0) notes.Add(Invariant($"{again} of {part.Test.Length} judged rows are of a '{id.Name}' that teaches at an earlier time: figures are of known clients later, not of new ones"));
    }

    private static ulong[] GroupsOf(ColumnCells id, int[] rows)
    {
        var groups = new ulong[id.Rows];
        var known = new Dictionary<string, ulong>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var text = id.Text(row);
            if (!known.TryGetValue(text, out var group)) known.Add(text, group = (ulong)known.Count);
            groups[row] = text.Length == 0 ? ulong.MaxValue - (ulong)row : group;
        }
        return groups;
    }

    private static ulong Mix(ulong key, ulong next)
    {
        key = (key ^ next) * 0x9E3779B97F4A7C15UL;
        return key ^ key >> 29;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
