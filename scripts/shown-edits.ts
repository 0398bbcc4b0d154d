/** What is edited in a photograph: as a person says it, or what a box holds, in shares of the picture, where no kind fits. */
type Wish = string | readonly [left: number, top: number, right: number, bottom: number];

/** An edit on the sheet of photographs, and whether a person would accept the result as a picture that nothing is missing from. */
export interface ShownEdit {
  readonly file: string;
  readonly wish: Wish;
  readonly isAccepted: boolean;
}

const edit = (file: string, wish: Wish, isAccepted = false): ShownEdit => ({
  file,
  wish,
  isAccepted,
});

/** Twenty removals, picked before the filling was last improved, and four other operations. */
export const shownEdits: readonly ShownEdit[] = [
  edit("coffee.png", "remove the cup"),
  edit("astronaut.png", "remove the astronaut"),
  edit("rocket.jpg", [0.44, 0.28, 0.52, 0.99]),
  edit("china.jpg", [0.12, 0.05, 0.62, 0.98], true),
  edit("flower.jpg", [0.25, 0.15, 0.71, 0.84], true),
  edit("cat.webp", "remove the cat"),
  edit("chicken.webp", "remove the chickens"),
  edit("cow.webp", "remove the cow", true),
  edit("dog.webp", "remove the dog"),
  edit("duck.webp", "remove the duck", true),
  edit("horse.webp", "remove the horses", true),
  edit("owl.webp", "remove the owl"),
  edit("sheep.webp", "remove the sheep", true),
  edit("kingfisher.webp", "remove the kingfisher", true),
  edit("kitten.webp", "remove the kitten"),
  edit("giraffe.webp", "remove the giraffes"),
  edit("polar_bear.webp", "remove the bear", true),
  edit("panda.webp", "remove the panda"),
  edit("scarlet_macaw.webp", "remove the parrot", true),
  edit("bison.webp", "remove the bison", true),
  edit("coffee.png", "make the mug green"),
  edit("coffee.png", "make the background of the cup grey"),
  edit("kingfisher.webp", "make the background of the bird white", true),
  edit("astronaut.png", "blur the background", true),
];
