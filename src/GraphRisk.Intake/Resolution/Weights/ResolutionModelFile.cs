namespace GraphRisk.Intake.Resolution.Weights;

/// <summary>Where what agreement weighs is kept beside a store.</summary>
public static class ResolutionModelFile
{
    /// <summary>Reads a model.</summary>
    /// <exception cref="InvalidDataException">The file holds none, or one of rows that are compared no more.</exception>
    public static ResolutionModel Read(string path)
    {
        try
        {
            return ResolutionModel.FromJson(File.ReadAllText(path));
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{path} is no model of resolution: {error.Message}. Learn it anew.", error);
        }
    }

    /// <summary>Writes a model, whole or not at all.</summary>
    public static void Write(string path, ResolutionModel model)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        var beside = path + ".new";
        File.WriteAllText(beside, model.ToJson());
        File.Move(beside, path, overwrite: true);
    }
}
