namespace GraphRisk.Scoring.Models;

/// <summary>
/// The margins of some rows split by input: per row one contribution per input and a baseline, which add up to the
/// margin to 1e-9. Positive is riskier. Sampled contributions carry standard errors and add up all the same.
/// </summary>
public sealed class Contributions
{
    private readonly double[] values;
    private readonly double[]? errors;

    /// <param name="inputs">Inputs of the model.</param>
    /// <param name="values">Row after row: one value per input, then the baseline.</param>
    /// <param name="errors">Row after row: one standard error per input; null where contributions are exact.</param>
    public Contributions(int inputs, double[] values, double[]? errors = null)
    {
        if (values.Length % (inputs + 1) != 0 || errors is not null && errors.Length != values.Length / (inputs + 1) * inputs)
            throw new ArgumentException($"{values.Length} values are no rows of {inputs} contributions and a baseline", nameof(values));
        (Inputs, this.values, this.errors) = (inputs, values, errors);
    }

    public int Inputs { get; }

    public int Rows => values.Length / (Inputs + 1);

    /// <summary>One contribution per input, in the order of the model's inputs.</summary>
    public ReadOnlySpan<double> Of(int row) => values.AsSpan(row * (Inputs + 1), Inputs);

    /// <summary>Where the row starts before anything is known of it.</summary>
    public double Baseline(int row) => values[row * (Inputs + 1) + Inputs];

    /// <summary>Baseline and contributions together.</summary>
    public double Margin(int row)
    {
        var margin = Baseline(row);
        foreach (var part in Of(row)) margin += part;
        return margin;
    }

    /// <summary>Standard error of a contribution; 0 where contributions are exact.</summary>
    public double StandardError(int row, int input) => errors is null ? 0 : errors[row * Inputs + input];

    /// <summary>
    /// What is due to all unknown inputs of a row together: to be told as one figure, beside the contributions of the
    /// inputs that are known. 0 for a model that counts unknown values as average.
    /// </summary>
    /// <param name="inputs">The row as the model read it.</param>
    public double NotKnown(int row, ReadOnlySpan<float> inputs)
    {
        double sum = 0;
        var parts = Of(row);
        for (var i = 0; i < parts.Length; i++)
        {
            if (float.IsNaN(inputs[i])) sum += parts[i];
        }
        return sum;
    }
}
