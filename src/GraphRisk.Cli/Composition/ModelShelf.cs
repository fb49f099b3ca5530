using GraphRisk.Scoring.Models;

namespace GraphRisk.Cli.Composition;

/// <summary>The trained models of a data folder, one folder each, named by version; a file names the one in use.</summary>
internal sealed class ModelShelf(string folder)
{
    private string InUse => Path.Combine(folder, "in-use");

    /// <summary>The model in use, or null where none was kept yet.</summary>
    /// <exception cref="ModelException">The model is damaged or reads features this program does not compute.</exception>
    public CreditModel? OpenNewest() =>
        File.Exists(InUse) ? CreditModel.Load(Path.Combine(folder, File.ReadAllText(InUse).Trim())) : null;

    /// <summary>Writes a model and takes it into use.</summary>
    public void Keep(CreditModel model)
    {
        model.Save(Path.Combine(folder, model.Version));
        var next = InUse + ".next";
        File.WriteAllText(next, model.Version);
        File.Move(next, InUse, overwrite: true);
    }
}
