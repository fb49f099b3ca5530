using System.Globalization;
using System.Text.Json.Serialization;

namespace GraphRisk.Scoring.Registry;

/// <summary>A score with all that is needed to compute it again to the last bit.</summary>
/// <param name="Model">Version of the model.</param>
/// <param name="Features">Hash of the values the model was given.</param>
/// <param name="Store">Version of the store the snapshot was made of.</param>
/// <param name="AsOf">Day whose close the score is about.</param>
/// <param name="KnownAt">When that version was recorded.</param>
/// <param name="Client">Id of the client in the snapshot.</param>
/// <param name="Probability">Probability of default.</param>
/// <param name="Score">300 to 850.</param>
/// <param name="Grade">Grade.</param>
/// <param name="Baseline">Points everybody begins with.</param>
/// <param name="Own">Points of the client's own facts.</param>
/// <param name="Contagion">Points of those it is tied to.</param>
public sealed record FiledScore(
    string Model, string Features, long Store, DateOnly AsOf, DateTimeOffset KnownAt, string Client,
    double Probability, int Score, string Grade, double Baseline, double Own, double Contagion)
{
    /// <summary>When it was filed; null in the files of an older program.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? FiledAt { get; init; }

    /// <summary>Whether it was filed beside that of the champion, for comparison: nobody was told it as the client's score.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsBeside { get; init; }

    /// <summary>What must be the same when it is computed again, as text that tells any two bits apart.</summary>
    private static readonly (string Name, Func<FiledScore, string> Text)[] Compared =
    [
        ("client", score => score.Client),
        ("known-at", score => score.KnownAt.ToString("O", CultureInfo.InvariantCulture)),
        ("features", score => score.Features),
        ("probability", score => score.Probability.ToString("R", CultureInfo.InvariantCulture)),
        ("score", score => score.Score.ToString(CultureInfo.InvariantCulture)),
        ("grade", score => score.Grade),
        ("baseline points", score => score.Baseline.ToString("R", CultureInfo.InvariantCulture)),
        ("own points", score => score.Own.ToString("R", CultureInfo.InvariantCulture)),
        ("contagion points", score => score.Contagion.ToString("R", CultureInfo.InvariantCulture)),
    ];

    /// <summary>Whether another score of the client tells an officer the same: score and grade by the same model. What lies behind them moves a little every day.</summary>
    public bool TellsTheSame(FiledScore other) => (Model, Score, Grade) == (other.Model, other.Score, other.Grade);

    /// <summary>Where another computation of this score differs, each with both values; empty where it is the same to the last bit.</summary>
    public IEnumerable<string> DifferencesFrom(FiledScore computed) =>
        from field in Compared
        let was = field.Text(this)
        let now = field.Text(computed)
        where was != now
        select $"{field.Name} is filed as {was}, computed {now}";
}
