using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Models;

/// <summary>
/// A trained model of any family: from a row of inputs to a margin, higher being riskier, with the margin's split by
/// input. What the margin means as a probability is the calibration's affair. Safe for concurrent readers.
/// </summary>
public interface IRiskModel : IDisposable
{
    /// <summary>Name of the family that made it and reads it, see <see cref="ModelFamilies"/>.</summary>
    string Family { get; }

    /// <summary>The columns it reads, in order.</summary>
    IReadOnlyList<ModelInput> Inputs { get; }

    ModelTraits Traits { get; }

    /// <summary>Steps that the contributions of one row cost, as a meter counts them.</summary>
    long StepsOfRow { get; }

    /// <summary>Steps of one row's margin alone, which is much less.</summary>
    long StepsOfMargin { get; }

    /// <summary>All of the model as text: the same for the same training, and read back to the same bits by its family.</summary>
    string Text { get; }

    /// <summary>One margin per row.</summary>
    /// <param name="threads">Rows are independent: the number of threads does not change the answer.</param>
    /// <exception cref="ArgumentException">The matrix is of another width.</exception>
    double[] Margins(FeatureMatrix matrix, int threads = 1);

    /// <summary>The margins split by input.</summary>
    /// <param name="threads">As in <see cref="Margins"/>.</param>
    /// <exception cref="ArgumentException">The matrix is of another width.</exception>
    Contributions Contributions(FeatureMatrix matrix, int threads = 1);
}
