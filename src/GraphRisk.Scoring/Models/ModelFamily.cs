using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Models;

/// <summary>
/// A way to learn: rows with outcomes go in, a model comes out. A family offers a few settings, its <i>choices</i>, and
/// leaves it to whoever trains to choose among them by rows the models have not seen. Which columns a family learns from
/// is said by the inputs of its training set, so one that needs further columns (of links, say) is given them there.
/// Immutable, and deterministic for the same rows, choice and seed.
/// </summary>
public abstract class ModelFamily
{
    /// <summary>Stable name: lower case, hyphens.</summary>
    public abstract string Name { get; }

    /// <summary>How many settings there are to choose among; at least one.</summary>
    public abstract int Choices { get; }

    /// <summary>A choice in words, for cards and reports.</summary>
    public abstract string Describe(int choice);

    /// <summary>Whether its models' margins are themselves the log-odds of a bad outcome, before calibration.</summary>
    public virtual bool MarginIsLogOdds => true;

    /// <summary>Rows it learns from at most; of more it draws a sample, and says so here.</summary>
    public virtual int MaximumRows => int.MaxValue;

    /// <summary>
    /// Whether it propagates over links: of rows that have none it would learn nothing that a family without this does not, so
    /// a table is not given to it.
    /// </summary>
    public virtual bool NeedsLinks => false;

    /// <summary>Whether it learns from a feature of the market; what is carried over the links is for those that ask for it.</summary>
    public virtual bool Reads(Feature feature) => feature.Group != FeatureGroup.Propagated;

    /// <exception cref="ArgumentException">The set does not fit the family, which says why.</exception>
    public IRiskModel Train(TrainingSet set, int choice, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)choice, (uint)Choices);
        return Learn(set.AtMost(MaximumRows, seed), choice, seed);
    }

    /// <summary>Per choice the margins of rows that were not trained on: what a choice is made by.</summary>
    public double[][] MarginsByChoice(TrainingSet set, FeatureMatrix rows, int seed) =>
        LearnAll(set.AtMost(MaximumRows, seed), rows, seed);

    /// <summary>The model of a text that this family wrote.</summary>
    /// <exception cref="ModelException">The text is none of its models.</exception>
    public abstract IRiskModel Read(string text);

    private protected abstract IRiskModel Learn(TrainingSet set, int choice, int seed);

    /// <summary>Trains once per choice; a family whose choices lie on one path overrides it.</summary>
    private protected virtual double[][] LearnAll(TrainingSet set, FeatureMatrix rows, int seed)
    {
        var margins = new double[Choices][];
        for (var choice = 0; choice < margins.Length; choice++)
        {
            using var model = Learn(set, choice, seed);
            margins[choice] = model.Margins(rows);
        }
        return margins;
    }
}
