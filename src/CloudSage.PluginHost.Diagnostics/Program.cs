using CloudSage.PluginHost.Diagnostics.Looking;

// Started by LeakAnalyzer for one look; nobody calls it by hand.
return Look.Run(Console.In, Console.Out);
