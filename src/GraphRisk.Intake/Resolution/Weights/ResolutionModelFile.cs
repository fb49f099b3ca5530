using System.Globalization;
using System.Text;

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
            throw new InvalidDataException($"{path} is no model of resolution: {error.Message}. Learn it anew: graphrisk resolve --learn.", error);
        }
    }

    /// <summary>Writes a model, whole or not at all.</summary>
    public static void Write(string path, ResolutionModel model)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        var beside = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.new");
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write))
        {
            file.Write(Encoding.UTF8.GetBytes(model.ToJson()));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(beside);
            throw;
        }
    }
}
