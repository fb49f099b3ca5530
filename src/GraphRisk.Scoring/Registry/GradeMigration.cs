using GraphRisk.Scoring.Scores;

namespace GraphRisk.Scoring.Registry;

/// <summary>A client whose grade two models put far apart.</summary>
/// <param name="Node">Its node.</param>
/// <param name="From">Grade of the champion.</param>
/// <param name="To">Grade of the challenger.</param>
/// <param name="Steps">Grades between them; positive where the challenger sees more risk.</param>
public sealed record GradeMove(int Node, string From, string To, int Steps);

/// <summary>
/// Where clients go when one model's grades replace another's. Who is in default has the last grade with either, and moves nowhere; grades
/// are of the champion's table, and one that the challenger alone knows is put by its place in its own.
/// </summary>
/// <param name="Grades">Names, from the safest.</param>
/// <param name="Counts">Clients by grade of the champion, then by grade of the challenger.</param>
/// <param name="Far">Those who moved by more than <see cref="Usual"/> grades, farthest first.</param>
public sealed record GradeMigration(IReadOnlyList<string> Grades, int[][] Counts, IReadOnlyList<GradeMove> Far)
{
    /// <summary>Steps within which another model's grade is nothing to explain.</summary>
    public const int Usual = 2;

    /// <summary>Clients whose grade stays.</summary>
    public int Unmoved => Counts.Select((row, grade) => row[grade]).Sum();

    /// <param name="champion">Scores of the champion.</param>
    /// <param name="challenger">Scores of the same clients in the same order.</param>
    /// <exception cref="ArgumentException">The clients differ.</exception>
    public static GradeMigration Of(ScoredMarket champion, ScoredMarket challenger) => Of(
        [.. champion.Model.Definition.Grades.Select(grade => grade.Name)], [.. challenger.Model.Definition.Grades.Select(grade => grade.Name)], champion.Lines, challenger.Lines);

    internal static GradeMigration Of(string[] grades, string[] others, IReadOnlyList<ScoreLine> champion, IReadOnlyList<ScoreLine> challenger)
    {
        if (champion.Count != challenger.Count) throw new ArgumentException($"{champion.Count} clients and {challenger.Count}", nameof(challenger));
        int PlaceOf(string grade) => Array.IndexOf(grades, grade) is >= 0 and var place ? place : Math.Min(grades.Length - 1, Array.IndexOf(others, grade));
        int[][] counts = [.. grades.Select(_ => new int[grades.Length])];
        var far = new List<GradeMove>();
        for (var i = 0; i < champion.Count; i++)
        {
            if (champion[i].Node != challenger[i].Node) throw new ArgumentException($"client {i} is another", nameof(challenger));
            var (from, to) = (PlaceOf(champion[i].Grade), PlaceOf(challenger[i].Grade));
            counts[from][to]++;
            if (Math.Abs(to - from) > Usual) far.Add(new GradeMove(champion[i].Node, champion[i].Grade, challenger[i].Grade, to - from));
        }

        return new GradeMigration(grades, counts, [.. far.OrderByDescending(move => Math.Abs(move.Steps)).ThenBy(move => move.Node)]);
    }
}
