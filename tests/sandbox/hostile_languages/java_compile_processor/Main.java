import java.io.FileWriter;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.element.TypeElement;

@SupportedAnnotationTypes("*")
public class Main extends AbstractProcessor {
    static {
        try (FileWriter file = new FileWriter("/scratch/META-INF")) {
            file.write("run while compiling");
        } catch (Exception error) {
            throw new Error(error);
        }
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment environment) {
        throw new Error("run while compiling");
    }

    public static void main(String[] arguments) {
        System.out.println("only run when run");
    }
}
